(box, networks, pictures, given, examples, answers, recalls) => {
  const [rows, columns] = given.shape, N = rows * columns,
    net = networks.twoLayer(given);
  const at = (x, i) => x.length > 1 ? x[i] : x[0];
  const find = name => box.querySelector(`[data-part=${name}]`);

  // What is seen
  const [paper, mind, ideal, race] = box.querySelectorAll('canvas');
  const text = box.querySelector('p'), pen = paper.getContext('2d'), side = paper.width;
  const small = new OffscreenCanvas(columns, rows),
    ink = small.getContext('2d', {willReadFrequently: true});
  const show = (canvas, x) => {  // standardised pixels
    const image = ink.createImageData(columns, rows);
    for (let i = 0; i < N; i++) {
      const dark = Math.min(
        Math.max(x[i] * at(given.scale, i) + at(given.mean, i), 0), 1);
      image.data.set(
        [255 * (1 - dark), 255 * (1 - dark), 255 * (1 - dark), 255], 4 * i);
    }
    ink.putImageData(image, 0, 0);
    const context = canvas.getContext('2d');
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
  };
  // The race of the classes: their currents over time, no more points than fit
  const colours = ['#7d8a99', '#c2510f'];
  const chart = order => {
    const plot = race.getContext('2d'), wide = until,
      every = Math.ceil(past.length / 250), final = past.length - 1;
    const x = t => 6 + t / wide * (side - 30),
      y = u => side - 16 - (u - least) / (most - least || 1) * (side - 38);
    plot.fillStyle = 'white';
    plot.fillRect(0, 0, side, side);
    plot.font = '18px sans-serif';
    plot.fillStyle = colours[0];
    plot.fillText(most.toFixed(0), 4, 18);
    plot.fillText(`t = ${time()}`, 4, side - 2);
    let below = Infinity;  // so that names, of three that lead, cover no other
    order.forEach((c, rank) => {
      const leads = Number(rank === order.length - 1);
      plot.strokeStyle = plot.fillStyle = colours[leads];
      plot.lineWidth = 1 + 1.5 * leads;
      plot.beginPath();
      for (let t = 0; t < final; t += every) plot.lineTo(x(t), y(past[t][c]));
      plot.lineTo(x(final), y(past[final][c]));
      plot.stroke();
      if (rank < order.length - 3) return;
      below = Math.min(y(past[final][c]) + 6, below - 17);
      plot.fillText(given.classes[c], x(final) + 5, below);
    });
  };

  // A run: steps until `until`, and what was seen on the way
  let frame = 0, frames = 0, past = [],
    least = 0, most = 0, read = null, running = false,
    until = given.steps;
  const value = name => Number(find(name).value);
  const time = () => (net.done * given.dt).toFixed(2);
  const note = () => {  // with a class held, what its neurons would be sent if free
    const currents = net.currents(net.held < 0 ? net.h : net.rest());
    least = Math.min(past.length ? least : Infinity, ...currents);
    most = Math.max(past.length ? most : -Infinity, ...currents);
    past.push(currents);
  };
  const ranked = () => {
    const now = past[past.length - 1];
    return now.map((_, c) => c).sort((a, b) => now[a] - now[b]);
  };
  const leader = order => {
    const first = order[order.length - 1];
    return net.held < 0 ? first * given.units + net.winner(first) : net.held;
  };
  const look = () => {
    const order = ranked();
    show(mind, net.v);
    show(ideal, net.prototype(leader(order)));
    chart(order);
    return order;
  };
  const button = (words, able) => {
    find('pause').textContent = words;
    find('pause').disabled = !able;
  };
  const halt = () => {
    cancelAnimationFrame(frame);
    running = false;
    button('pause', false);
  };
  const damaged = image => {  // the lowest rows erased, and noise added
    const draw = networks.random(1),
      from = N - Math.round(value('erased') / 100 * rows) * columns;
    return image.map((x, i) =>
      (i < from ? x : 0) + value('noise') * networks.normal(draw));
  };
  const apart = (v, w) =>
    Math.sqrt(v.reduce((sum, x, i) => sum + (x - w[i]) ** 2, 0));
  const free = (u, first, second) => {
    const which = given.units > 1 ? ` The largest of its ${given.units} neurons is ` +
      `number ${net.winner(first) + 1}, whose prototype is shown.` : '';
    return `${given.classes[first]} leads at t = ${time()}: its current is ${
      u[first].toFixed(0)}, that of ${given.classes[second]}, the next, is ${
      u[second].toFixed(0)}.${which}`;
  };
  const held = (u, first, second) => {
    const c = Math.floor(net.held / given.units), number = net.held % given.units + 1,
      left = apart(net.v, net.prototype(net.held)) / begun;
    const which = given.units > 1 ? `neuron ${number}` : 'the neuron';
    return `Held: ${which} of class ${given.classes[c]}. At t = ${time()}, ${
      (100 * left).toFixed(0)} % of the way to its prototype is left. Read now, ` +
      `the picture sends most to class ${given.classes[first]}: ${
        u[first].toFixed(0)}, and ${
        u[second].toFixed(0)} to ${given.classes[second]}, the next.`;
  };
  const answer = order => {
    const u = past[past.length - 1], [second, first] = order.slice(-2);
    box.dataset.currents = JSON.stringify(u);
    box.dataset.neuron = leader(order) % given.units + 1;
    box.dataset.time = time();
    box.dataset.says = given.classes[first];
    const said = net.held < 0 ? free : held;
    text.textContent = said(u, first, second).replace(/-/g, '−');
  };
  const tick = () => {
    do { net.step(); note(); } while (pictures.calm() && net.done < until);
    const order = look();
    box.dataset.frames = ++frames;
    if (net.done < until) { frame = requestAnimationFrame(tick); return; }
    running = false;
    button(`go on to t = ${((until + given.steps) * given.dt).toPrecision(2)}`, true);
    answer(order);
  };
  const resume = () => {
    running = true;
    box.dataset.says = '';
    text.textContent = 'The network is moving.';
    button('pause', true);
    tick();
  };
  let begun = 1;  // how far the features were from the prototype that is held
  const run = (image, neuron = -1) => {  // from an image until the last step
    halt();
    [past, read, until] = [[], [image, neuron], given.steps];
    net.beta = given.beta * 2 ** value('beta');
    net.begin(damaged(image).map(
      (x, i) => (x - at(given.mean, i)) / at(given.scale, i)), neuron);
    if (neuron >= 0) begun = apart(net.v, net.prototype(neuron));
    note();
    resume();
  };
  find('pause').addEventListener('click', () => {
    if (!running) {
      if (net.done === until) until += given.steps;
      resume();
      return;
    }
    cancelAnimationFrame(frame);
    running = false;
    button('go on', true);
    const first = look().pop();
    text.textContent = `Paused at t = ${time()}: ${given.classes[first]} leads.`;
  });

  // What Python is told: the image that was drawn, as it is read
  const heard = image => networks.tell(given.field, btoa(
    String.fromCharCode(...image.map(x => Math.round(255 * x)))));

  // Drawing: strokes of points between 0 and 1
  let strokes = [], drawing = false, place = [0.5, 0.2];
  const stroke = (context, width, move) => {
    context.lineWidth = width;
    context.lineCap = context.lineJoin = 'round';
    for (const points of strokes) {
      context.beginPath();
      context.moveTo(...move(points[0]));
      for (const point of points.concat([points[points.length - 1]]))
        context.lineTo(...move(point));
      context.stroke();
    }
  };
  const paint = () => {
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, side, side);
    pen.strokeStyle = 'black';
    stroke(pen, side / 12, ([x, y]) => [x * side, y * side]);
    if (document.activeElement === paper && !drawing) {
      pen.fillStyle = '#e8743b';
      pen.beginPath();
      pen.arc(place[0] * side, place[1] * side, 4, 0, 7);
      pen.fill();
    }
  };
  // as the images were made: the longer side 20 of 28 pixels,
  // the centre of mass in the middle. `draw` is told the zoom and the middle
  const centred = (low, high, wide, draw) => {
    const unit = Math.min(rows, columns), zoom = (20 / 28 - wide) * unit
      / Math.max(high[0] - low[0], high[1] - low[1], 0.1);
    let middle = [0, 1].map(a => (low[a] + high[a]) / 2), image;
    for (let turn = 0; turn < 2; turn++) {
      ink.fillStyle = 'white';
      ink.fillRect(0, 0, columns, rows);
      draw(unit, ([x, y]) => [
        columns / 2 + zoom * (x - middle[0]), rows / 2 + zoom * (y - middle[1])]);
      const data = ink.getImageData(0, 0, columns, rows).data;
      image = Float64Array.from({length: N}, (_, i) => 1 - data[4 * i] / 255);
      const sums = [0, 0];
      let mass = 0;
      image.forEach((x, i) => {
        mass += x;
        sums[0] += x * (i % columns + 0.5);
        sums[1] += x * (Math.floor(i / columns) + 0.5);
      });
      middle = [
        middle[0] + (sums[0] / mass - columns / 2) / zoom,
        middle[1] + (sums[1] / mass - rows / 2) / zoom];
    }
    return image;
  };
  const pixels = () => {
    const points = strokes.flat();
    const [low, high] = [Math.min, Math.max].map(
      end => [0, 1].map(a => end(...points.map(p => p[a]))));
    return centred(low, high, 2.4 / 28, (unit, move) => {
      ink.strokeStyle = 'black';
      stroke(ink, 2.4 / 28 * unit, move);
    });
  };

  // An image of the reader, which stays on the reader's machine: its ink is what
  // differs from the edge; dark or light, it becomes black on white
  const inked = (picture, width, height) => {
    const canvas = new OffscreenCanvas(width, height),
      context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
    const image = context.getImageData(0, 0, width, height), data = image.data;
    const light = Float64Array.from({length: width * height}, (_, i) =>
      0.3 * data[4 * i] + 0.59 * data[4 * i + 1] + 0.11 * data[4 * i + 2]);
    const edge = light.filter((_, i) => [0, width - 1].includes(i % width) ||
      [0, height - 1].includes(Math.floor(i / width))).sort();
    const ground = edge[Math.floor(edge.length / 2)],
      strength = light.map(x => Math.abs(x - ground)),
      top = strength.reduce((a, b) => Math.max(a, b));
    const [low, high] = [[width, height], [0, 0]];
    strength.forEach((x, i) => {
      const dark = top > 30 ? Math.min(Math.max(x / top - 0.15, 0) / 0.7, 1) : 0;
      data.fill(255 * (1 - dark), 4 * i, 4 * i + 3);
      if (dark > 0.5) [i % width, Math.floor(i / width)].forEach((p, a) => {
        [low[a], high[a]] = [Math.min(low[a], p), Math.max(high[a], p + 1)];
      });
    });
    context.putImageData(image, 0, 0);
    return {canvas, low, high};
  };
  const upload = async file => {
    let picture;
    try { picture = await createImageBitmap(file); } catch {
      text.textContent = `${file.name} is no image that this browser can read.`;
      return;
    }
    const share = Math.min(1, 256 / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map(
      x => Math.max(1, Math.round(share * x)));
    const {canvas, low, high} = inked(picture, width, height);
    clear();
    if (high[0] <= low[0]) {
      text.textContent = `${file.name} has no ink: it is of one colour.`;
      return;
    }
    const image = centred(low, high, 0, (_, move) => {
      const [[left, top], [right, bottom]] = [[0, 0], [width, height]].map(move);
      ink.imageSmoothingEnabled = true;
      ink.imageSmoothingQuality = 'high';
      ink.drawImage(canvas, left, top, right - left, bottom - top);
    });
    print(image);
    heard(image);
    run(image);
  };
  find('file').addEventListener('change', () => {
    const [file] = find('file').files;
    if (file) upload(file);
    find('file').value = '';  // the same file may be chosen again
  });
  const put = (point, begin) => {
    if (begin) strokes.push([point]);
    else strokes[strokes.length - 1].push(point);
    paint();
  };
  const where = event => {
    const edge = paper.getBoundingClientRect();
    return [
      (event.clientX - edge.left) / edge.width,
      (event.clientY - edge.top) / edge.height];
  };
  const clear = () => {
    halt();
    [strokes, read] = [[], null];
    drawing = false;
    paint();
    heard(new Float64Array(N));
    Object.assign(box.dataset, {says: '', expected: ''});
    text.textContent = 'The paper is empty.';
  };
  paper.addEventListener('pointerdown', event => {
    paper.setPointerCapture(event.pointerId);
    drawing = true;
    put(where(event), true);
  });
  paper.addEventListener('pointermove', event => {
    if (drawing && event.buttons) put(where(event));
  });
  const lift = () => {
    if (!drawing) return;
    drawing = false;
    paint();
    const image = pixels();
    box.dataset.expected = '';
    heard(image);
    run(image);
  };
  paper.addEventListener('pointerup', lift);
  paper.addEventListener('pointercancel', lift);
  paper.addEventListener('focus', paint);
  paper.addEventListener('blur', () => { lift(); paint(); });
  paper.addEventListener('keydown', event => {
    const moved = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]
    }[event.key];
    if (moved) {
      place = place.map((x, a) => Math.min(Math.max(x + moved[a] / 28, 0), 1));
      if (drawing) put(place); else paint();
    } else if (event.key === ' ') {
      if (drawing) lift(); else { drawing = true; put(place, true); }
    } else if (['Delete', 'Backspace'].includes(event.key)) clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  find('clear').addEventListener('click', clear);
  const print = image => {  // an image on the paper
    const cell = [side / columns, side / rows];
    image.forEach((x, i) => {
      const shade = Math.round(255 * (1 - x));
      pen.fillStyle = `rgb(${shade} ${shade} ${shade})`;
      pen.fillRect(
        Math.floor(i % columns * cell[0]),
        Math.floor(Math.floor(i / columns) * cell[1]),
        cell[0] + 1, cell[1] + 1);
    });
  };
  let shown = -1;
  const example = () => {
    clear();
    shown = (shown + 1) % examples.length;
    const image = Float64Array.from(networks.spread(examples[shown], N), x => x / 255);
    print(image);
    box.dataset.expected = JSON.stringify(answers[shown]);
    heard(image);
    run(image);
  };
  find('example').addEventListener('click', example);

  // The picture of a class: one of its neurons is held, and the paper is empty
  const names = find('class');
  names.replaceChildren(...given.classes.map((name, c) => new Option(name, c)));
  const turns = given.classes.map(() => 0);
  find('recall').addEventListener('click', () => {
    clear();
    const c = Number(names.value), turn = turns[c]++ % given.units;
    if (turn === 0) box.dataset.expected = JSON.stringify(recalls[c]);
    run(new Float64Array(N), c * given.units + turn);
  });
  const words = {
    beta: () => String(+(given.beta * 2 ** value('beta')).toPrecision(2)),
    noise: () => value('noise').toFixed(2),
    erased: () => `${value('erased')} %`,
  };
  for (const name of Object.keys(words)) {
    const slider = find(name), label = () => {
      const said = words[name]();
      slider.nextElementSibling.textContent = said;
      slider.setAttribute('aria-valuetext', said);
    };
    slider.value = 0;  // a browser may remember another one
    label();
    slider.addEventListener('input', label);
    slider.addEventListener('input', () => { if (read) run(...read); });
  }
  clear();
  example();
}
