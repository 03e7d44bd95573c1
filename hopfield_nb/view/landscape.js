(box, networks, pictures, given) => {
  const find = name => box.querySelector(`[data-part=${name}]`);
  const [plane, says] = ['plane', 'says'].map(find), side = 720, reach = 1.6;
  const most = 6;
  const memories = given.memories.map(m => [...m]);
  // held, by a finger or by keys: 0 the start, or the number of a memory
  let start = [...given.start], held = 0, dragging = false;
  const place = () => held ? memories[held - 1] : start;
  const strengths = {softmax: 'beta', power: 'n'};
  const kind = () => find('kind').value;
  const strength = () => kind() === 'power' ?
    Number(find('n').value) : +(2 ** Number(find('beta').value)).toPrecision(3);

  // From the plane to the canvas, and back
  const to = ([x, y]) => [(x / reach + 1) / 2 * side, (1 - y / reach) / 2 * side];
  const back = ([x, y]) => [(2 * x - 1) * reach, (1 - 2 * y) * reach];
  const colour = u => {  // viridis, by five of its colours
    const stops = [
      [68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
    const k = Math.min(Math.floor(4 * u), 3), part = 4 * u - k;
    return stops[k].map((x, a) => x + part * (stops[k + 1][a] - x));
  };
  // The relief, in 24 steps, so that lines of equal height are seen. It is made anew
  // where the energy is another one, not where the start alone has moved; in larger
  // squares as long as something is dragged
  const palette = new Uint32Array(new Uint8ClampedArray(Array.from(
    {length: 24}, (_, step) => [...colour(step / 23), 255]).flat()).buffer);
  const grounds = [120, 60].map(cells => {
    const canvas = new OffscreenCanvas(cells, cells), context = canvas.getContext('2d'),
      image = context.createImageData(cells, cells),
      middles = Array.from({length: cells}, (_, k) => back([(k + 0.5) / cells, 0])[0]);
    return {canvas, context, image, middles, heights: new Float64Array(cells * cells),
      dots: new Uint32Array(image.data.buffer), made: ''};
  });
  let reliefs = 0;
  const relief = net => {
    const ground = grounds[Number(dragging)], {middles, heights, dots} = ground,
      own = JSON.stringify([memories, kind(), strength()]);
    if (own === ground.made) return ground.canvas;
    ground.made = own;
    box.dataset.reliefs = ++reliefs;
    const root = kind() === 'power' ? 1 / strength() : 0, cells = middles.length;
    let low = Infinity, high = -Infinity;
    for (let k = 0; k < heights.length; k++) {
      const u = net.plane(middles[k % cells], -middles[Math.floor(k / cells)]);
      heights[k] = root ? -(Math.abs(u) ** root) : u;
      low = Math.min(low, heights[k]);
      high = Math.max(high, heights[k]);
    }
    const scale = 23.99 / (high - low || 1);
    for (let k = 0; k < heights.length; k++)
      dots[k] = palette[Math.floor(scale * (heights[k] - low))];
    ground.context.putImageData(ground.image, 0, 0);
    return ground.canvas;
  };
  pictures.sharpen(plane, 400, 400);
  const pen = plane.getContext('2d');
  pen.scale(plane.width / side, plane.width / side);
  const spot = (v, shape, fill, name) => {
    const [x, y] = to(v);
    pen.beginPath();
    if (shape === 'star') for (let k = 0; k < 10; k++) {
      const r = k % 2 ? 7 : 17, angle = k * Math.PI / 5;
      pen.lineTo(x + r * Math.sin(angle), y - r * Math.cos(angle));
    }
    else if (shape === 'end') pen.rect(x - 8, y - 8, 16, 16);
    else pen.arc(x, y, 12, 0, 7);
    pen.closePath();
    pen.fillStyle = fill;
    pen.strokeStyle = 'black';
    pen.lineWidth = 2;
    pen.fill();
    pen.stroke();
    if (!name) return;
    pen.font = 'bold 26px sans-serif';
    const wide = pen.measureText(name).width + 8,
      left = Math.min(x + 16, side - wide), top = Math.max(y - 36, 0);
    pen.fillStyle = '#000a';
    pen.fillRect(left, top, wide, 28);
    pen.fillStyle = 'white';
    pen.fillText(name, left + 4, top + 23);
  };
  const line = points => {
    for (const [ink, width] of [['black', 8], ['#ff8a4c', 5]]) {
      pen.strokeStyle = ink;
      pen.lineWidth = width;
      pen.lineJoin = 'bevel';
      pen.beginPath();
      points.forEach(v => pen.lineTo(...to(v)));
      pen.stroke();
    }
  };
  const draw = (net, path) => {
    pen.imageSmoothingEnabled = true;
    pen.drawImage(relief(net), 0, 0, side, side);
    if (kind() === 'power') {
      pen.strokeStyle = 'white';
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(side / 2, side / 2, side / 2 / reach, 0, 7);
      pen.stroke();
    }
    const sent = pictures.thinned(path, dragging ? 60 : 200).map(net.send);
    line(kind() === 'power' ? [start, ...sent] : sent);
    memories.forEach((memory, k) => spot(memory, 'star', 'white', `${k + 1}`));
    spot(sent[sent.length - 1], 'end', '#ff8a4c');
    spot(start, 'start', '#ff8a4c', 'start');
    if (document.activeElement !== plane) return;
    pen.strokeStyle = 'white';
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(...to(place()), 24, 0, 7);
    pen.stroke();
  };

  const near = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  // a saddle: along some line through v the energy falls to both sides
  const saddle = (net, v) => Array.from({length: 12}, (_, k) => {
    const step = [Math.cos, Math.sin].map(f => 0.02 * f(k * Math.PI / 12)),
      [here, one, other] = [0, 1, -1].map(
        sign => net.energy(v.map((x, a) => x + sign * step[a])));
    return one + other - 2 * here < -1e-6 * Math.max(Math.abs(here), kind() ===
      'power' ? 0 : 1);
  }).some(falls => falls);
  // a mixture: more than one memory pulls with a tenth of all strength or more
  const pulling = (net, v) => {
    const w = net.weights(v), sum = w.reduce((a, b) => a + b);
    return w.map((x, k) => [x / (sum || 1), k + 1]).filter(([x]) => x >= 0.1)
      .sort((a, b) => b[0] - a[0]).map(([, k]) => k);
  };
  const list = names => names.length < 2 ? names.join() :
    `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  const where = (net, v) => {
    const away = memories.map(memory => near(net.send(v), net.send(memory))),
      k = away.indexOf(Math.min(...away)), among = pulling(net, v);
    if (among.length > 1 && saddle(net, v))
      return ['saddle', `on a saddle between memories ${list(among)}: the slightest ` +
        'push sends it on'];
    if (away[k] < 0.005) return ['memory', `in memory ${k + 1}`];
    const from = `${away[k].toFixed(2)} from memory ${k + 1}`;
    if (among.length > 1) return ['mixture', among.length === memories.length ?
      `in a mixture of ${among.length > 2 ? 'all' : 'both'} memories, ${from}` :
      `in a mixture of memories ${list(among.sort())}, ${from}`];
    return ['near', from];
  };
  let read = 0;
  const look = () => {
    const net = networks.flow(kind(), memories, strength()),
      path = net.path(start, given.steps, given.dt);
    const last = path[path.length - 1], end = net.send(last);
    draw(net, path);
    box.dataset.rest = JSON.stringify(end);
    box.dataset.given = JSON.stringify(
      {memories, start, kind: kind(), strength: strength()});
    const now = performance.now();
    if (dragging && now < read + 100) return;  // nobody reads faster
    read = now;
    networks.tell(given.field, box.dataset.given);
    const falls = [start, last].map(v => net.energy(v).toPrecision(3)).join(' to ');
    const still = near(net.send(start), end) < 1e-6, [rest, words] = where(net, last);
    box.dataset.says = rest;
    const begin = still ? 'The state does not move: it is' : 'The state comes to rest';
    says.textContent = pictures.minus(`${begin} ${words}; energy ${falls}.`);
  };

  // Dragging, and keys
  const round = v => v.map(
    x => Math.round(100 * Math.min(Math.max(x, -1.5), 1.5)) / 100);
  const put = v => {
    const moved = round(v);
    if (held) memories[held - 1] = moved; else start = moved;
    look();
  };
  const at = event => {
    const edge = plane.getBoundingClientRect();
    return back([
      (event.clientX - edge.left) / edge.width,
      (event.clientY - edge.top) / edge.height]);
  };
  const hold = k => { held = k; find('held').value = k; };
  plane.addEventListener('pointerdown', event => {
    if (event.button) return;
    const v = at(event), away = [start, ...memories].map(x => near(x, v)),
      k = away.indexOf(Math.min(...away));
    plane.setPointerCapture(event.pointerId);
    hold(away[k] < 0.25 ? k : 0);  // elsewhere: the start goes there
    dragging = true;
    if (away[k] >= 0.25) put(v);
  });
  plane.addEventListener('pointermove', event => {
    if (dragging && event.buttons) put(at(event));
  });
  for (const name of ['pointerup', 'pointercancel'])
    plane.addEventListener(name, () => {
      if (!dragging) return;
      dragging = false;
      look();
    });
  plane.addEventListener('focus', look);
  plane.addEventListener('blur', look);
  plane.addEventListener('keydown', event => {
    const moved = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]
    }[event.key];
    if (!moved) return;
    put(place().map((x, a) => x + 0.05 * moved[a]));
    event.preventDefault();
    event.stopPropagation();
  });

  // Controls
  const names = () => {
    const options = ['start', ...memories.map((_, k) => `memory ${k + 1}`)];
    find('held').replaceChildren(...options.map((text, k) => new Option(text, k)));
    hold(Math.min(held, memories.length));
    find('add').disabled = memories.length === most;
    find('remove').disabled = memories.length === 1;
  };
  const label = () => {
    for (const [name, part] of Object.entries(strengths)) {
      const slider = find(part), own = name === kind();
      slider.parentElement.hidden = !own;
      if (!own) continue;
      slider.nextElementSibling.textContent = String(strength());
      slider.setAttribute('aria-valuetext', String(strength()));
    }
  };
  find('add').addEventListener('click', () => {
    const angle = 2.4 * memories.length + 0.3;
    memories.push(round([Math.cos(angle), Math.sin(angle)]));
    held = memories.length;
    names();
    look();
  });
  find('remove').addEventListener('click', () => {
    memories.splice(held ? held - 1 : memories.length - 1, 1);
    held = 0;
    names();
    look();
  });
  find('held').addEventListener('change', () => {
    held = Number(find('held').value);
    look();
  });
  for (const part of ['kind', 'beta', 'n'])
    find(part).addEventListener('input', () => { label(); look(); });
  find('kind').value = given.kind;  // a browser may remember others
  find('beta').value = Math.log2(given.beta);
  find('n').value = given.n;
  names();
  label();
  look();
}
