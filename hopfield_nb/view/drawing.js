(box, networks, given, examples, answers) => {
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
      const ink = x[i] * at(given.scale, i) + at(given.mean, i),
        dark = Math.min(Math.max(ink, 0), 1);
      image.data.set(
        [255 * (1 - dark), 255 * (1 - dark), 255 * (1 - dark), 255], 4 * i);
    }
    ink.putImageData(image, 0, 0);
    const context = canvas.getContext('2d');
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
  };
  const look = () => {
    show(mind, net.v);
    past.push(net.currents());
    const plot = race.getContext('2d'), flat = past.flat(),
      low = Math.min(...flat), high = Math.max(...flat);
    const x = t => 6 + t / given.steps * (side - 30),
      y = u => side - 16 - (u - low) / (high - low) * (side - 38);
    const now = past[past.length - 1],
      order = now.map((_, c) => c).sort((a, b) => now[a] - now[b]);
    const first = order[order.length - 1], j = first * given.units + net.winner(first);
    show(ideal, net.prototype(j));
    plot.fillStyle = 'white';
    plot.fillRect(0, 0, side, side);
    plot.font = '12px sans-serif';
    plot.fillStyle = '#7d8a99';
    plot.fillText(high.toFixed(0), 4, 14);
    plot.fillText(`t = ${(net.done * given.dt).toFixed(2)}`, side - 54, side - 2);
    let below = Infinity;  // so that names do not cover each other
    order.forEach((c, rank) => {
      plot.strokeStyle = plot.fillStyle =
        rank === order.length - 1 ? '#c2510f' : '#7d8a99';
      plot.lineWidth = rank === order.length - 1 ? 2.5 : 1;
      plot.beginPath();
      past.forEach((u, t) => plot.lineTo(x(t), y(u[c])));
      plot.stroke();
      below = Math.min(y(now[c]) + 4, below - 10);
      plot.fillText(given.classes[c], x(past.length) + 3, below);
    });
    return order;
  };
  let frame = 0, past = [], read = null, halted = false;
  const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const value = name => Number(find(name).value);
  const halt = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    find('pause').textContent = 'pause';
    find('pause').disabled = true;
  };
  const damaged = image => {  // the lowest rows erased, and noise added
    const draw = networks.random(1),
      from = N - Math.round(value('erased') / 100 * rows) * columns;
    return image.map((x, i) =>
      (i < from ? x : 0) + value('noise') * networks.normal(draw));
  };
  const answer = order => {
    const u = past[past.length - 1], [second, first] = order.slice(-2);
    box.dataset.currents = JSON.stringify(u);
    box.dataset.says = given.classes[first];
    box.dataset.neuron = net.winner(first) + 1;
    const [name, next] = [given.classes[first], given.classes[second]],
      time = (net.done * given.dt).toPrecision(3);
    const which = given.units > 1 ? ` The largest of its ${given.units} neurons is ` +
      `number ${net.winner(first) + 1}, whose prototype is shown.` : '';
    text.textContent = `${name} leads at t = ${time}: its current is ${
      u[first].toFixed(0)}, that of ${next}, the next, is ${u[second].toFixed(0)}.${
      which}`.replace(/-/g, '−');
  };
  const tick = () => {
    let order;
    do { net.step(); order = look(); } while (calm() && net.done < given.steps);
    if (net.done < given.steps) { frame = requestAnimationFrame(tick); return; }
    halt();
    answer(order);
  };
  const run = image => {  // from an image until the last step
    halt();
    [past, halted, read] = [[], false, image];
    net.beta = given.beta * 2 ** value('beta');
    net.begin(damaged(image).map(
      (x, i) => (x - at(given.mean, i)) / at(given.scale, i)));
    box.dataset.says = '';
    text.textContent = 'The network is moving.';
    find('pause').disabled = false;
    tick();
  };
  find('pause').addEventListener('click', () => {
    halted = !halted;
    find('pause').textContent = halted ? 'go on' : 'pause';
    cancelAnimationFrame(frame);
    if (!halted) { tick(); return; }
    const first = look().pop();
    past.pop();  // no step was made
    text.textContent = `Paused at t = ${(net.done * given.dt).toFixed(2)}: ${
      given.classes[first]} leads.`;
  });

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
      let mass = 0, sums = [0, 0];
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
      most = strength.reduce((a, b) => Math.max(a, b));
    const [low, high] = [[width, height], [0, 0]];
    strength.forEach((x, i) => {
      const dark = most > 30 ? Math.min(Math.max(x / most - 0.15, 0) / 0.7, 1) : 0;
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
    box.dataset.says = '';
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
  const lift = () => { if (drawing) { drawing = false; paint(); run(pixels()); } };
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
    const image = Float64Array.from(networks.bytes(examples[shown]), x => x / 255);
    print(image);
    box.dataset.expected = JSON.stringify(answers[shown]);
    run(image);
  };
  find('example').addEventListener('click', example);
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
    slider.addEventListener('input', () => { if (read) run(read); });
  }
  clear();
  example();
}
