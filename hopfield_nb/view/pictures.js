// What the views of a page draw with. Nothing here computes.
() => {
  const GREY = '#5b6775', WRONG = '#c2510f',
    COLOURS = ['#c2510f', '#0072b2', '#00795a', '#8a3f86', '#7a5c00'];
  const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const several = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const minus = text => text.replace(/-/g, '−');
  const work = {cells: 0, points: 0};  // what has been painted, for those who measure

  // The words of a slider, beside it and read to those who do not see it
  const label = (slider, words) => {
    slider.nextElementSibling.textContent = words;
    slider.setAttribute('aria-valuetext', words);
  };

  // Pixels of -1 and 1 as squares; those that are not as in `goal` are orange. Only
  // squares that have changed are painted
  const PAPER = ['white', '#1c1c1c', '#f7c9ae', WRONG], painted = new WeakMap();
  const pixels = (canvas, x, columns, goal = null) => {
    const context = canvas.getContext('2d'), cell = canvas.width / columns,
      gap = cell > 8 ? 1 : 0;
    if (!painted.has(canvas)) painted.set(canvas, new Int8Array(x.length).fill(-1));
    const seen = painted.get(canvas);
    const corner = i => [
      Math.round(i % columns * cell), Math.round(Math.floor(i / columns) * cell)];
    for (let i = 0; i < x.length; i++) {
      const kind = (x[i] > 0 ? 1 : 0) + (goal && x[i] !== goal[i] ? 2 : 0);
      if (seen[i] === kind) continue;
      const [left, top] = corner(i), wide = Math.round((i % columns + 1) * cell) - left,
        high = Math.round((Math.floor(i / columns) + 1) * cell) - top;
      context.fillStyle = '#d5d9de';
      if (gap) context.fillRect(left, top, wide, high);
      context.fillStyle = PAPER[kind];
      context.fillRect(left, top, wide - gap, high - gap);
      seen[i] = kind;
      work.cells++;
    }
    const ring = (i, colour) => {  // around a square, which is then painted anew
      const [left, top] = corner(i);
      context.strokeStyle = colour;
      context.lineWidth = 4;
      context.strokeRect(left + 2, top + 2, cell - 4, cell - 4);
      seen[i] = -1;
    };
    return {ring};
  };

  // As many pixels as the screen shows, and no more: copying them is most of the work
  const dense = Math.min(Math.ceil(devicePixelRatio || 1), 2);
  const sharpen = (canvas, width, height) => {
    [canvas.width, canvas.height] = [dense * width, dense * height];
  };

  // A chart of 280 by 168 units; `marks` are heights and texts
  const width = 280, height = 168;
  const chart = (canvas, low, high, end, marks) => {
    if (canvas.width !== dense * 336) sharpen(canvas, 336, 201);
    const context = canvas.getContext('2d'), scale = canvas.width / width;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    const x = t => 42 + t / end * (width - 68),
      y = u => height - 20 - (u - low) / (high - low || 1) * (height - 32);
    context.font = '12px sans-serif';
    context.lineWidth = 1;
    for (const [u, text] of marks) {
      context.strokeStyle = '#dfe3e8';
      context.beginPath();
      context.moveTo(x(0), y(u));
      context.lineTo(x(end), y(u));
      context.stroke();
      context.fillStyle = GREY;
      context.textAlign = 'right';
      context.fillText(text, 37, y(u) + 4);
    }
    const words = (text, left, top, colour = GREY, align = 'left') => {
      context.textAlign = align;
      context.fillStyle = colour;
      context.fillText(text, left, top);
    };
    const line = (points, colour, thick = 1.5, dashes = []) => {
      context.strokeStyle = colour;
      context.lineWidth = thick;
      context.setLineDash(dashes);
      context.beginPath();
      points.forEach(([t, u]) => context.lineTo(x(t), y(u)));
      context.stroke();
      context.setLineDash([]);
      work.points += points.length;
    };
    const dot = ([t, u], colour, radius = 3) => {
      context.fillStyle = colour;
      context.beginPath();
      context.arc(x(t), y(u), radius, 0, 7);
      context.fill();
    };
    const times = () => {  // the time axis, in sweeps
      words('0', x(0), height - 5);
      words(several(+end.toFixed(1), 'sweep'), width - 4, height - 5, GREY, 'right');
    };
    return {x, y, words, line, dot, times, width, height};
  };
  const thinned = (points, most) => {  // no more than a chart has room for
    const step = Math.ceil(points.length / most);
    return points.filter((_, k) => k % step === 0 || k === points.length - 1);
  };

  return {
    GREY, WRONG, COLOURS, calm, several, minus, work, label, sharpen, pixels, chart,
    thinned};
}
