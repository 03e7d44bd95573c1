(box, net, examples, answers) => {
  const [rows, columns] = net.shape, N = rows * columns, H = net.start.length;
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const whole = new Int16Array(bytes(net.weights).buffer);  // (H, N)
  const W = Float64Array.from(
    whole, (w, k) => w * net.largest[Math.floor(k / N)] / 32767);
  const at = (x, i) => x.length > 1 ? x[i] : x[0];

  // The network: its equations, by Euler's steps
  let v = new Float64Array(N), h = new Float64Array(H), done = 0;
  const softmax = x => {
    const top = Math.max(...x), e = x.map(a => Math.exp(net.beta * (a - top))),
      sum = e.reduce((a, b) => a + b);
    return e.map(a => a / sum);
  };
  const step = () => {
    const f = softmax(h), driven = new Float64Array(N), heard = Float64Array.from(net.bias);
    for (let j = 0; j < H; j++)
      for (let i = 0, k = j * N; i < N; i++, k++) {
        driven[i] += W[k] * f[j];
        heard[j] += W[k] * v[i];
      }
    for (let i = 0; i < N; i++) v[i] += net.dt / net.tau_v * (driven[i] - v[i]);
    for (let j = 0; j < H; j++) h[j] += net.dt / net.tau_h * (heard[j] - h[j]);
    done++;
  };
  // of each class: the smooth maximum of its neurons
  const currents = () => net.classes.map((_, c) => {
    const own = h.subarray(c * net.units, (c + 1) * net.units), top = Math.max(...own);
    return top + Math.log(
      own.reduce((sum, x) => sum + Math.exp(net.beta * (x - top)), 0)) / net.beta;
  });

  // What is seen
  const [paper, mind, ideal, race] = box.querySelectorAll('canvas');
  const text = box.querySelector('p'), pen = paper.getContext('2d'), side = paper.width;
  const small = new OffscreenCanvas(columns, rows),
    ink = small.getContext('2d', {willReadFrequently: true});
  const show = (canvas, x) => {  // standardised pixels
    const image = ink.createImageData(columns, rows);
    for (let i = 0; i < N; i++) {
      const dark = Math.min(Math.max(x[i] * at(net.scale, i) + at(net.mean, i), 0), 1);
      image.data.set(
        [255 * (1 - dark), 255 * (1 - dark), 255 * (1 - dark), 255], 4 * i);
    }
    ink.putImageData(image, 0, 0);
    const context = canvas.getContext('2d');
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
  };
  const winner = c => {  // the neuron of a class with the largest current, from 0 on
    const own = h.subarray(c * net.units, (c + 1) * net.units);
    return own.indexOf(Math.max(...own));
  };
  const look = () => {
    show(mind, v);
    past.push(currents());
    const plot = race.getContext('2d'), flat = past.flat(),
      low = Math.min(...flat), high = Math.max(...flat);
    const x = t => 6 + t / net.steps * (side - 30),
      y = u => side - 16 - (u - low) / (high - low) * (side - 38);
    const now = past[past.length - 1],
      order = now.map((_, c) => c).sort((a, b) => now[a] - now[b]);
    const first = order[order.length - 1], j = first * net.units + winner(first);
    show(ideal, W.subarray(j * N, (j + 1) * N));
    plot.fillStyle = 'white';
    plot.fillRect(0, 0, side, side);
    plot.font = '12px sans-serif';
    plot.fillStyle = '#7d8a99';
    plot.fillText(high.toFixed(0), 4, 14);
    plot.fillText(`t = ${(done * net.dt).toFixed(2)}`, side - 54, side - 2);
    let below = Infinity;  // so that names do not cover each other
    order.forEach((c, rank) => {
      plot.strokeStyle = plot.fillStyle =
        rank === order.length - 1 ? '#c2510f' : '#7d8a99';
      plot.lineWidth = rank === order.length - 1 ? 2.5 : 1;
      plot.beginPath();
      past.forEach((u, t) => plot.lineTo(x(t), y(u[c])));
      plot.stroke();
      below = Math.min(y(now[c]) + 4, below - 10);
      plot.fillText(net.classes[c], x(past.length) + 3, below);
    });
    return order;
  };
  let frame = 0, past = [];
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const run = image => {  // from what is on the paper until the network answers
    cancelAnimationFrame(frame);
    [done, past] = [0, []];
    v = Float64Array.from(image, (x, i) => (x - at(net.mean, i)) / at(net.scale, i));
    h = Float64Array.from(net.start);
    box.dataset.says = '';
    text.textContent = 'The network is moving.';
    const tick = () => {
      let order;
      do { step(); order = look(); } while (calm && done < net.steps);
      if (done < net.steps) { frame = requestAnimationFrame(tick); return; }
      const u = past[past.length - 1], [second, first] = order.slice(-2);
      box.dataset.currents = JSON.stringify(u);
      box.dataset.says = net.classes[first];
      box.dataset.neuron = winner(first) + 1;
      const [name, next] = [net.classes[first], net.classes[second]],
        time = (done * net.dt).toPrecision(3);
      const which = net.units > 1 ?
        ` Prototype ${winner(first) + 1} of ${net.units} of ${name} won.` : '';
      text.textContent = `It says ${name}: at t = ${time} its current is ${
        u[first].toFixed(0)}, that of ${next} is ${u[second].toFixed(0)}.${which}`;
    };
    tick();
  };

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
  // the centre of mass in the middle
  const pixels = () => {
    const points = strokes.flat(), unit = Math.min(rows, columns);
    const low = [0, 1].map(a => Math.min(...points.map(p => p[a]))),
      high = [0, 1].map(a => Math.max(...points.map(p => p[a])));
    const zoom = (20 / 28 - 2.4 / 28) * unit
      / Math.max(high[0] - low[0], high[1] - low[1], 0.1);
    let middle = [0, 1].map(a => (low[a] + high[a]) / 2), image;
    for (let turn = 0; turn < 2; turn++) {
      ink.fillStyle = 'white';
      ink.fillRect(0, 0, columns, rows);
      ink.strokeStyle = 'black';
      stroke(ink, 2.4 / 28 * unit, ([x, y]) => [
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
    cancelAnimationFrame(frame);
    strokes = [];
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
  const [wipe, other] = box.querySelectorAll('button');
  wipe.addEventListener('click', clear);
  let shown = -1;
  const example = () => {
    clear();
    shown = (shown + 1) % examples.length;
    const given = bytes(examples[shown]),
      image = Float64Array.from(given, x => x / 255);
    const cell = [side / columns, side / rows];
    image.forEach((x, i) => {
      pen.fillStyle = `rgb(${255 - given[i]} ${255 - given[i]} ${255 - given[i]})`;
      pen.fillRect(
        Math.floor(i % columns * cell[0]),
        Math.floor(Math.floor(i / columns) * cell[1]),
        cell[0] + 1, cell[1] + 1);
    });
    box.dataset.expected = JSON.stringify(answers[shown]);
    run(image);
  };
  other.addEventListener('click', example);
  clear();
  example();
}
