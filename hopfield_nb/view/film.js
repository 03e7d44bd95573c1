(box, networks, pictures, given) => {
  const [rows, columns] = given.shape, N = rows * columns, perSweep = 32, longest = 8;
  const find = name => box.querySelector(`[data-part=${name}]`);
  const [paper, goal, says, numbers, time, play] =
    ['paper', 'goal', 'says', 'numbers', 'time', 'play'].map(find);
  const value = name => Number(find(name).value);
  const {COLOURS, calm, several, minus} = pictures;

  // The images: a bit for each pixel
  const packed = networks.bytes(given.images), wide = Math.ceil(N / 8);
  const images = Array.from({length: given.names.length}, (_, k) =>
    Int8Array.from({length: N}, (__, i) =>
      packed[k * wide + (i >> 3)] >> (7 - i % 8) & 1 ? 1 : -1));
  const stored = () => Array.from({length: value('memories')}, (_, k) =>
    images[(value('image') + k) % images.length]);

  // A film: the whole recall, a frame for each 32nd of a sweep
  let film = null, frame = 0, rolling = 0;
  const recorded = () => {
    const memories = stored(), n = value('n'), order = find('order').value,
      draw = networks.random(1 + value('image')), start = memories[0].slice();
    for (const i of networks.shuffled(N, draw).slice(0, Math.round(
      value('flipped') / 100 * N))) start[i] *= -1;
    const net = networks.dense(memories, N, n),
      now = networks.walk(net, start, order, draw), frames = [];
    const step = order === 'synchronous' ? N : 1;
    const over = () => now.rest || now.turning || now.asked >= longest * N;
    const keep = () => frames.push(
      {state: now.state.slice(), height: net.height(now.S),
        t: frames.length / perSweep});
    keep();
    while (!over() || frames.length <= now.asked / N * perSweep) {
      const due = Math.round(frames.length * N / perSweep);
      while (!over() && due - now.asked >= step)
        now.advance(step > 1 ? 1 : due - now.asked);
      keep();
    }
    return {frames, memories, n, order, rest: now.rest, turning: now.turning,
      sweeps: now.sweeps};
  };
  const differ = (a, b) => a.reduce((sum, x, i) => sum + (x !== b[i]), 0);
  const ending = () => {
    const {frames, memories, rest, turning, sweeps} = film,
      end = frames[frames.length - 1].state,
      away = memories.map(memory => differ(end, memory)), least = Math.min(...away);
    if (turning) return 'It ends by going to and fro between two states.';
    if (!rest) return `It has not come to rest after ${longest} sweeps.`;
    const after = sweeps ? `after ${several(sweeps, 'sweep')}` : 'at once';
    if (!away[0]) return `It comes to rest ${after} in the image, every pixel of it.`;
    const other = away.indexOf(least), near = away[0] === least ?
      '' : `; the nearest memory is another one, ${several(least, 'pixel')} away`;
    return `It comes to rest ${after}`.concat(
      least ? `, ${several(away[0], 'pixel')} wrong${near}.` :
        ` in another memory, number ${other + 1} of those stored.`);
  };
  const chart = () => {
    const {frames} = film, heights = frames.map(f => f.height),
      low = Math.min(...heights), high = Math.max(...heights),
      room = 0.06 * (high - low) || 1, end = frames[frames.length - 1].t;
    const on = pictures.chart(find('energy'), low - room, high + room, end,
      [[low, minus(low.toFixed(2))], [high, minus(high.toFixed(2))]]);
    on.times();
    const line = of => pictures.thinned(of, 240).map(f => [f.t, f.height]);
    on.line(line(frames), '#98a2ae');
    on.line(line(frames.slice(0, frame + 1)), COLOURS[1], 2.5);
    on.dot([frames[frame].t, frames[frame].height], COLOURS[1], 4);
  };
  const look = () => {
    const {frames, memories} = film, {state, t} = frames[frame];
    pictures.pixels(paper, state, columns, memories[0]);
    chart();
    const wrong = differ(state, memories[0]);
    numbers.textContent = `${t.toFixed(2)} sweeps: ${wrong} of ${N} pixels are wrong.`;
    time.value = frame;
    pictures.label(time, `${t.toFixed(2)} sweeps`);
    Object.assign(box.dataset, {frame, wrong});
  };
  const stop = () => {
    cancelAnimationFrame(rolling);
    rolling = 0;
    play.textContent = 'play';
  };
  const last = () => film.frames.length - 1;
  const roll = () => {
    if (frame === last()) frame = 0;
    if (calm()) { frame = last(); done(); return; }
    const begun = performance.now(), from = frame;
    box.dataset.says = '';
    play.textContent = 'stop';
    const tick = () => {
      const at = Math.min(from + Math.floor((performance.now() - begun) / 40), last());
      if (at !== frame) { frame = at; look(); }
      if (frame === last()) done(); else rolling = requestAnimationFrame(tick);
    };
    rolling = requestAnimationFrame(tick);
  };
  const done = () => {
    stop();
    look();
    box.dataset.says = film.rest ? 'rest' : film.turning ? 'turning' : 'moving';
    says.textContent = ending();
  };
  const bits = x => Array.from(x, s => s > 0 ? 1 : 0).join('');
  const record = () => {
    stop();
    film = recorded();
    frame = 0;
    time.max = last();
    pictures.pixels(goal, film.memories[0], columns);
    Object.assign(box.dataset, {
      says: '', frames: film.frames.length, start: bits(film.frames[0].state),
      end: bits(film.frames[last()].state), sweeps: film.sweeps,
      given: JSON.stringify({image: value('image'), memories: value('memories'),
        n: film.n, order: film.order, flipped: value('flipped')})});
    says.textContent = `A film of ${film.frames.length} frames. ${ending()}`;
    look();
  };

  const words = {
    memories: () => find('memories').value,
    n: () => find('n').value,
    flipped: () => `${find('flipped').value} %`,
  };
  const names = find('image');
  names.replaceChildren(...given.names.map((name, k) => new Option(name, k)));
  for (const [name, x] of Object.entries(given.begin)) find(name).value = x;
  for (const name of ['image', 'order', ...Object.keys(words)]) {
    const label = () => words[name] && pictures.label(find(name), words[name]());
    label();
    find(name).addEventListener('input', () => { label(); record(); });
  }
  time.addEventListener('input', () => {
    stop();
    frame = value('time');
    look();
    if (frame === last()) done();
  });
  play.addEventListener('click', () => {
    if (!rolling) { roll(); return; }
    stop();
    says.textContent = 'Stopped.';
  });
  record();
}
