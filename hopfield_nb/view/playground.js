(box, networks, pictures, given) => {
  const side = given.size, N = side * side, most = 5, longest = 200;
  const find = name => box.querySelector(`[data-part=${name}]`);
  const [paper, stored, says, numbers] =
    ['paper', 'stored', 'says', 'numbers'].map(find);
  const {GREY, COLOURS, calm, several, minus, chart} = pictures,
    GREEN = COLOURS[2];
  const bits = x => Array.from(x, s => s > 0 ? 1 : 0).join('');

  // What there is: patterns that were drawn, random ones, the state, a recall of it
  const draw = networks.random(1), patterns = [], strangers = [];
  let state = new Int8Array(N).fill(-1), chosen = -1, net = null, now = null,
    past = [], frame = 0, frames = 0, measuring = 0, filling = false;
  const inputs = {};
  for (const name of ['n', 'order', 'speed', 'kind', 'share', 'load'])
    inputs[name] = find(name);
  const curves = new Map(), largest = Number(inputs.load.max);
  const value = name => Number(inputs[name].value);
  const differ = (a, b) => a.reduce((sum, x, i) => sum + (x !== b[i]), 0);
  const remember = () => {
    const extra = value('load'), drawn = networks.random(7 + strangers.length);
    while (strangers.length < extra)
      strangers.push(Int8Array.from({length: N}, () => drawn() < 0.5 ? -1 : 1));
    const memories = [...patterns, ...strangers.slice(0, extra)];
    net = memories.length ? networks.dense(memories, N, value('n')) : null;
  };

  pictures.sharpen(paper, side * Math.round(336 / side), side * Math.round(336 / side));

  // The paper: pixels, those that are wrong in orange, the pen, the neuron asked last
  let pen = [0, 0], stroke = 0, last = null;
  const show = () => {
    const on = pictures.pixels(paper, state, side, patterns[chosen]);
    if (frame && now && now.neuron >= 0) on.ring(now.neuron, '#4a90c2');
    if (document.activeElement === paper && !stroke)
      on.ring(pen[1] * side + pen[0], '#e8743b');
    if (!frame) box.dataset.state = bits(state);
  };

  // Charts
  const similarities = (points, end) => {
    const over = chart(
      find('overlaps'), -1, 1, end, [[-1, '−1'], [0, '0'], [1, '1']]);
    over.times();
    const lines = patterns.map((_, k) => [COLOURS[k], `${k + 1}`, p => p.overlaps[k]]);
    if (value('load')) lines.push(['#98a2ae', 'r', p => p.stranger]);
    if (!points.length) return;
    const final = points[points.length - 1];
    lines.sort((a, b) => b[2](final) - a[2](final));
    let below = -Infinity;  // so that names do not cover each other
    for (const [colour, text, of] of lines) {
      const thick = text === `${chosen + 1}` ? 3 : 1.5;
      over.line(points.map(p => [p.t, of(p)]), colour, thick);
      over.dot([final.t, of(final)], colour);
      below = Math.max(over.y(of(final)) + 4, below + 11);
      over.words(text, over.x(final.t) + 7, below, colour);
    }
  };
  const heights = (points, end) => {
    const goal = net && chosen >= 0 ?
      net.height(net.similarities(patterns[chosen])) : null;
    const all = points.map(p => p.height).concat(goal === null ? [] : [goal]);
    const low = Math.min(0, ...all), high = Math.max(0, ...all);
    const room = 0.08 * (high - low) || 1, text = u => minus(u.toFixed(2));
    const deep = chart(find('energy'), low - room, high + room, end,
      all.length ? [[low, text(low)], [high, text(high)]] : [[0, '0']]);
    deep.times();
    if (goal !== null) {
      deep.line([[0, goal], [end, goal]], GREEN, 1, [5, 4]);
      deep.words(`pattern ${chosen + 1}`, deep.x(0) + 2, deep.y(goal) - 4, GREEN);
    }
    deep.line(points.map(p => [p.t, p.height]), COLOURS[1], 2);
    for (const p of points.slice(-1)) deep.dot([p.t, p.height], COLOURS[1]);
  };
  const charts = (...turns) => {
    const points = pictures.thinned(shown(), 240),
      end = Math.max(1, ...past.slice(-1).map(p => p.t));
    for (const turn of turns) [similarities, heights][turn](points, end);
  };
  const measured = (S, asked) => {
    const overlaps = Array.from(S, s => s / N);
    return {
      t: asked / N, energy: net.energy(S), height: net.height(S), overlaps,
      stranger: Math.max(...overlaps.slice(patterns.length))};
  };
  const record = at => { past.push(measured(at.S, at.asked)); };
  // without a recall: the state that is on the paper
  const shown = () => past.length || !net ? past :
    [measured(net.similarities(state), 0)];
  const told = () => {
    const [point] = shown().slice(-1);
    if (!point) return '';
    const own = patterns.map((_, k) => `${k + 1}: ${point.overlaps[k].toFixed(2)}`);
    return minus(`sweeps ${point.t.toFixed(2)}, energy ${
      point.energy.toPrecision(3)} Nⁿ, overlaps ${own.join(', ')}`);
  };
  const look = () => {
    show();
    charts(0, 1);
    numbers.textContent = told();
  };

  // Recall
  const called = k => k < patterns.length ? `pattern ${k + 1}` : 'a random pattern';
  const ending = () => {
    if (now.turning) return 'It goes to and fro between two states, for ever: all ' +
      'neurons change at once, and none knows what the others are about to do.';
    if (!now.rest) return `It has not come to rest after ${longest} sweeps.`;
    const after = now.sweeps ? `after ${several(now.sweeps, 'sweep')}` : 'at once';
    const overlaps = Array.from(now.S, s => s / N);
    const best = overlaps.reduce(
      (top, x, k) => Math.abs(x) > Math.abs(overlaps[top]) ? k : top, 0);
    const away = differ(state, net.memories[best]);
    box.dataset.nearest = best + 1;
    const other = chosen >= 0 && best !== chosen ?
      ` That is not pattern ${chosen + 1}.` : '';
    if (away === 0 && now.sweeps && best < patterns.length)
      return `Pattern ${best + 1} came back ${after}, every pixel of it.${other}`;
    if (away === 0) return `It came to rest ${after} in ${called(best)}.${other}`;
    if (away === N)
      return `It came to rest ${after} in the negative of ${called(best)}.${other}`;
    const [near, where] = away <= N / 2 ? [away, called(best)] :
      [N - away, `the negative of ${called(best)}`];
    return `It came to rest ${after}, ${several(near, 'pixel')} from ${where}, ` +
      `the nearest: a state that nobody stored.${other}`;
  };
  const toggle = find('recall');
  const pause = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    toggle.textContent = 'recall';
  };
  const quiet = () => {  // the state is another one: what was recorded is over
    pause();
    [now, past] = [null, []];
    box.dataset.says = '';
  };
  const begin = () => {
    if (now && !now.rest && !now.turning && now.net === net) return true;
    remember();
    if (!net) {
      says.textContent = 'Nothing is stored yet: draw, and store.';
      return false;
    }
    [past, frames] = [[], 0];
    Object.assign(pictures.work, {cells: 0, points: 0});
    now = networks.walk(net, state, inputs.order.value, draw, record);
    now.net = net;
    record(now);
    box.dataset.says = '';
    return true;
  };
  const after = () => {  // some neurons have been asked
    state = now.state.slice();
    if (past[past.length - 1].t * N < now.asked) record(now);
    const over = now.rest || now.turning || now.asked >= longest * N;
    if (over) {
      pause();
      says.textContent = ending();
      box.dataset.sweeps = now.sweeps;
      Object.assign(box.dataset, {frames, ...pictures.work});
      box.dataset.decided = net.decided;
      box.dataset.says = now.rest ? 'rest' : now.turning ? 'turning' : 'moving';
    }
    frames++;
    if (!frame) { look(); return over; }
    show();  // the charts take turns, and numbers are read no faster
    charts(frames % 2);
    if (frames % 8 === 0) numbers.textContent = told();
    return over;
  };
  const run = () => {
    filling = false;
    if (frame) { pause(); says.textContent = 'Paused.'; look(); return; }
    if (!begin()) return;
    if (calm()) {
      while (!after()) now.sweep();
      return;
    }
    toggle.textContent = 'pause';
    says.textContent = 'The network is moving.';
    let before = performance.now(), owed = 0;
    const tick = time => {
      owed += 10 ** value('speed') * Math.min(Math.max(time - before, 0), 100) / 1000;
      before = time;
      const least = inputs.order.value === 'synchronous' ? N : 1, stop = time + 12;
      while (owed >= least && performance.now() < stop && !now.rest && !now.turning)
        owed -= now.advance(Math.min(Math.floor(owed), 64));
      owed = Math.min(owed, 4 * N);
      if (!after()) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
  };
  toggle.addEventListener('click', run);
  find('sweep').addEventListener('click', () => {
    filling = false;
    pause();
    if (!begin()) return;
    const before = state;
    now.sweep();
    if (!after()) says.textContent =
      `Sweep ${now.sweeps}: ${several(differ(before, state), 'pixel')} changed.`;
  });

  // Patterns
  const thumbs = () => {
    stored.replaceChildren(...patterns.map((pattern, k) => {
      const button = document.createElement('button'),
        canvas = document.createElement('canvas');
      canvas.width = canvas.height = side * Math.round(84 / side);
      pictures.pixels(canvas, pattern, side);
      button.type = 'button';
      button.ariaLabel = `pattern ${k + 1}`;
      button.ariaPressed = k === chosen;
      button.style.borderColor = COLOURS[k];
      button.append(canvas, `${k + 1}`);
      button.addEventListener('click', () => {
        choose(k);
        stored.children[k].focus();  // it has been made anew
      });
      return button;
    }));
    find('store').disabled = patterns.length === most;
    find('forget').disabled = chosen < 0;
    box.dataset.patterns = patterns.map(bits).join(' ');
    networks.tell(given.field, box.dataset.patterns);
  };
  const choose = k => {
    quiet();
    remember();
    chosen = k;
    if (k >= 0) state = patterns[k].slice();
    thumbs();
    look();
    if (k >= 0) says.textContent =
      `Pattern ${k + 1} is on the paper. Damage it, and recall.`;
  };
  const changed = () => {  // other patterns: what was measured is over, too
    curves.clear();
    measure();
  };
  find('store').addEventListener('click', () => {
    if (patterns.some(p => !differ(p, state))) {
      says.textContent = 'This pattern is stored already.';
      return;
    }
    patterns.push(state.slice());
    choose(patterns.length - 1);
    changed();
    says.textContent = `Stored as pattern ${patterns.length}. Damage it, and recall.`;
  });
  find('forget').addEventListener('click', () => {
    const gone = chosen + 1;
    patterns.splice(chosen, 1);
    choose(-1);
    changed();
    says.textContent = `Pattern ${gone} is forgotten; it is still on the paper.`;
  });
  find('clear').addEventListener('click', () => {
    state = new Int8Array(N).fill(-1);
    choose(-1);
    says.textContent = 'The paper is empty. Draw a pattern, and store it.';
  });
  const kinds = {
    flip: (x, places) => { for (const i of places) x[i] *= -1; },
    erase: (x, places) => { x.fill(-1, N - places.length); },
    noise: (x, places) => { for (const i of places) x[i] = draw() < 0.5 ? -1 : 1; },
  };
  const damage = () => {
    quiet();
    if (chosen >= 0) state = patterns[chosen].slice();
    const from = state.slice();
    const count = Math.round(value('share') / 100 * N),
      places = networks.shuffled(N, draw).slice(0, count);
    kinds[inputs.kind.value](state, places);
    look();
    says.textContent = `${differ(from, state)} of ${several(N, 'pixel')} ${
      chosen >= 0 ? `differ from pattern ${chosen + 1}` : 'have changed'}.`;
  };
  find('damage').addEventListener('click', damage);

  // Drawing
  const put = ([column, row], x) => {
    const i = row * side + column;
    return state[i] = x || -state[i];
  };
  const where = event => {
    const edge = paper.getBoundingClientRect();
    return [
      (event.clientX - edge.left) / edge.width,
      (event.clientY - edge.top) / edge.height
    ].map(x => Math.min(Math.max(Math.floor(x * side), 0), side - 1));
  };
  const drawn = () => { quiet(); look(); };
  paper.addEventListener('pointerdown', event => {
    if (event.button) return;
    paper.setPointerCapture(event.pointerId);
    last = where(event);
    stroke = put(last);
    drawn();
  });
  paper.addEventListener('pointermove', event => {
    if (!stroke || !event.buttons) return;
    const next = where(event), far = Math.max(
      Math.abs(next[0] - last[0]), Math.abs(next[1] - last[1]), 1);
    for (let k = 1; k <= far; k++) put(
      last.map((x, a) => Math.round(x + k / far * (next[a] - x))), stroke);
    last = next;
    drawn();
  });
  const lift = () => { stroke = 0; show(); };
  const up = () => {
    if (!stroke) return;
    lift();
    says.textContent = `${state.filter(x => x > 0).length} of ${N} pixels are ink.`;
  };
  paper.addEventListener('pointerup', up);
  paper.addEventListener('pointercancel', up);
  paper.addEventListener('focus', show);
  paper.addEventListener('blur', lift);
  paper.addEventListener('keydown', event => {
    const moved = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]
    }[event.key];
    if (moved) {
      pen = pen.map((x, a) => Math.min(Math.max(x + moved[a], 0), side - 1));
      show();
    } else if (event.key === ' ') {
      put(pen);
      drawn();
    } else if (['Delete', 'Backspace'].includes(event.key)) find('clear').click();
    else return;
    if (moved || event.key === ' ') find('pen').textContent =
      `row ${pen[1] + 1}, column ${pen[0] + 1}: ${
        state[pen[1] * side + pen[0]] > 0 ? 'ink' : 'paper'}`;
    event.preventDefault();
    event.stopPropagation();
  });

  // How many memories fit: recall starts at each, and neurons that leave are counted
  const loads = () => {
    const end = (most + largest) / N;
    const on = chart(find('loads'), 0, 50, end, [[0, '0'], [25, '25'], [50, '50 %']]);
    on.line([[0.14, 0], [0.14, 50]], GREY, 1, [5, 4]);
    on.words('0.14 N', on.x(0.14) + 3, on.y(50) + 10);
    on.words('0', on.x(0), on.height - 5);
    on.words(
      `${end.toFixed(2)} N memories`, on.width - 4, on.height - 5, GREY, 'right');
    for (const [n, points] of curves) {
      const own = n === value('n'), colour = own ? '#0072b2' : '#98a2ae';
      const row = [...points].sort((a, b) => a[0] - b[0]);
      on.line(row, colour, own ? 2 : 1);
      for (const [t, u] of row) on.dot([t, Math.min(u, 50)], colour, own ? 3 : 2);
      const [t, u] = row[row.length - 1];
      on.words(`n = ${n}`, Math.min(on.x(t) + 5, on.width - 40),
        on.y(Math.min(u, 50)) - 6, colour);
    }
  };
  const measure = (then = () => {}) => {
    cancelAnimationFrame(measuring);
    delete box.dataset.wrong;
    if (!net) {
      find('fits').textContent = 'Nothing is stored.';
      loads();
      return;
    }
    const at = net, M = at.memories.length, step = Math.ceil(M / 40);
    const probes = at.memories.filter((_, k) => k % step === 0);
    let done = 0, wrong = 0, whole = 0, going = null;
    const tick = () => {
      const stop = performance.now() + 10;
      while (done < probes.length && performance.now() < stop) {
        going = going || networks.walk(at, probes[done], 'sequential', draw);
        going.sweep();
        if (!going.rest && going.sweeps < 30) continue;
        const away = differ(going.state, probes[done]);
        [wrong, whole, done, going] = [wrong + away, whole + !away, done + 1, null];
      }
      if (done < probes.length) { measuring = requestAnimationFrame(tick); return; }
      const share = 100 * wrong / N / probes.length;
      if (!curves.has(at.n)) curves.set(at.n, new Map());
      curves.get(at.n).set(M / N, share);
      const tried = step > 1 ? `${probes.length} that were tried` : 'them';
      find('fits').textContent = `${M === 1 ? '1 memory' : `${M} memories`} in ${
        N} neurons: ${(M / N).toFixed(2)} N. Of ${tried}, ${whole} stay as they are ` +
        `when recall starts there; ${share.toFixed(1)} % of all pixels leave.`;
      box.dataset.wrong = share;
      loads();
      then();
    };
    measuring = requestAnimationFrame(tick);
  };
  const fill = () => {  // the slider goes through all loads by itself
    if (filling) { filling = false; return; }
    filling = true;
    find('fill').textContent = 'stop';
    inputs.load.value = 0;
    const next = () => {
      if (!filling || value('load') >= largest) {
        filling = false;
        find('fill').textContent = 'all loads';
        return;
      }
      inputs.load.value = value('load') + Math.max(1, Math.round(largest / 16));
      again();
    };
    const again = () => {
      label('load');
      quiet();
      remember();
      look();
      measure(next);
    };
    again();
  };
  find('fill').addEventListener('click', fill);

  // Sliders
  const words = {
    n: () => inputs.n.value,
    speed: () => `${Math.round(10 ** value('speed'))} neurons/s`,
    share: () => `${inputs.share.value} %`,
    load: () => `${inputs.load.value}`,
  };
  const label = name => pictures.label(inputs[name], words[name]());
  for (const name of Object.keys(words))
    inputs[name].addEventListener('input', () => label(name));
  const again = 'The network is another one. Recall starts from what is on the paper.';
  for (const name of ['n', 'load']) inputs[name].addEventListener('input', () => {
    filling = false;
    quiet();
    remember();
    look();
    says.textContent = again;
    measure();
  });
  inputs.order.addEventListener('change', () => {
    quiet();
    look();
    says.textContent = again;
  });
  inputs.share.addEventListener('change', () => { if (chosen >= 0) damage(); });
  inputs.kind.addEventListener('change', () => { if (chosen >= 0) damage(); });

  // a browser may remember others
  Object.entries({n: given.n, speed: Math.log10(2 * N), share: 25, load: 0}).forEach(
    ([name, first]) => { inputs[name].value = first; });
  for (const text of given.patterns)
    patterns.push(Int8Array.from(text, letter => letter === '1' ? 1 : -1));
  Object.keys(words).forEach(label);
  remember();
  choose(patterns.length ? 0 : -1);
  measure();
  if (patterns.length) damage();
  else says.textContent = 'The paper is empty. Draw a pattern, and store it.';
}
