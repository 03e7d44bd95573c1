// Networks that run in a page. Nothing here draws.
() => {
  // What is shown twice has one name twice: the first element that has not begun
  const own = box => {
    const same = [...document.querySelectorAll(`[id="${box.id}"]`)],
      free = same.find(other => !other.dataset.begun) || box;
    free.dataset.begun = 'yes';
    // JupyterLab would take the keys
    free.addEventListener('keydown', event => event.stopPropagation());
    return free;
  };

  // To Python, where a text field of a notebook is given, whose placeholder is `name`
  const tell = (name, text, tries = 20) => {
    clearTimeout(tell.later);
    if (!name) return;
    const field = document.querySelector(`textarea[placeholder="${name}"]`);
    if (!field && tries)
      tell.later = setTimeout(() => tell(name, text, tries - 1), 250);
    if (!field || field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
  };

  // Numbers from 0 to 1, the same for the same seed (mulberry32)
  const random = seed => () => {
    seed = seed + 0x6D2B79F5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
  const normal = draw =>
    Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  // bytes of which a 0 and a number stand for so many zeros
  const spread = (text, N) => {
    const packed = bytes(text), x = new Uint8Array(N);
    for (let k = 0, i = 0; k < packed.length; k++)
      if (packed[k]) x[i++] = packed[k]; else i += packed[++k];
    return x;
  };
  const shuffled = (N, draw) => {
    const order = Uint16Array.from({length: N}, (_, i) => i);
    for (let i = N - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  };

  // x ** n of an integer by n - 1 products: its relative error is below n / 2 ** 53
  const power = (x, n) => {
    let y = 1;
    for (let square = x, k = n; k; k = Math.floor(k / 2)) {
      if (k % 2) y *= square;
      if (k > 1) square *= square;
    }
    return y;
  };

  // The dense associative memory over states of -1 and 1, with F(x) = x ** n: a neuron
  // follows the sign of the sum of F(S with it at 1) - F(S with it at -1); ties go to 1
  const dense = (memories, N, n) => {
    const M = memories.length, across = new Int8Array(M * N);  // neuron by neuron
    memories.forEach((memory, m) => memory.forEach(
      (x, i) => { across[i * M + m] = x; }));
    const F = Float64Array.from({length: 2 * N + 1}, (_, k) => power(k - N, n)),
      integers = new Map();  // F without rounding, where it is needed
    const whole = 2 * M * F[2 * N] < 2 ** 53;  // then nothing is rounded
    const bound = (M + n + 3) * 2 ** -52;  // of the error, over the sum of magnitudes
    const exactly = x => {
      if (!integers.has(x)) integers.set(x, BigInt(x) ** BigInt(n));
      return integers.get(x);
    };
    const net = {memories, N, n, decided: 0};  // decided: signs that needed integers
    net.similarities = state => Int32Array.from(
      memories, memory => memory.reduce((sum, x, i) => sum + x * state[i], 0));
    net.sign = (S, i, s) => {
      let sum = 0, size = 0;
      for (let m = 0, k = i * M; m < M; m++, k++) {
        const x = across[k], rest = S[m] - x * s + N,
          high = F[rest + x], low = F[rest - x];
        sum += high - low;
        size += Math.abs(high) + Math.abs(low);
      }
      if (whole || Math.abs(sum) > bound * size) return sum >= 0 ? 1 : -1;
      net.decided++;
      let exact = 0n;
      for (let m = 0, k = i * M; m < M; m++, k++) {
        const x = across[k], rest = S[m] - x * s;
        exact += exactly(rest + x) - exactly(rest - x);
      }
      return exact >= 0n ? 1 : -1;
    };
    net.flip = (S, i, s) => {
      for (let m = 0, k = i * M; m < M; m++, k++) S[m] -= 2 * across[k] * s;
    };
    // the energy over N ** n, -sum (S / N) ** n, and its n-th root, which falls with it
    net.energy = S => -S.reduce((sum, x) => sum + power(x / N, n), 0);
    net.height = S => {
      const energy = net.energy(S);
      return Math.sign(energy) * Math.abs(energy) ** (1 / n);
    };
    return net;
  };

  // A recall under way. `order` is "sequential", "random" or "synchronous"; `seen` is
  // told of each change. `advance` asks so many neurons, or all, and returns how many
  const walk = (net, start, order, draw, seen = () => {}) => {
    const N = net.N, now = {
      state: Int8Array.from(start), S: net.similarities(start),
      asked: 0, sweeps: 0, rest: false, turning: false, neuron: -1};
    let line = null, place = 0, moved = false, before = null;
    const turn = i => {
      net.flip(now.S, i, now.state[i]);
      now.state[i] *= -1;
      moved = true;
    };
    const ended = () => {
      if (moved) now.sweeps++; else now.rest = true;
      [moved, place] = [false, 0];
    };
    const together = () => {
      const last = now.state.slice(),
        wants = last.map((s, i) => net.sign(now.S, i, s));
      wants.forEach((s, i) => { if (s !== last[i]) turn(i); });
      now.asked += N;
      now.turning = moved && before !== null && before.every((s, i) => s === wants[i]);
      before = last;
      if (moved) seen(now);
      ended();
      return N;
    };
    const single = () => {
      if (!place) line = order === 'random' ? shuffled(N, draw) : null;
      const i = now.neuron = line ? line[place] : place;
      const wants = net.sign(now.S, i, now.state[i]);
      now.asked++;
      if (wants !== now.state[i]) { turn(i); seen(now); }
      if (++place === N) ended();
      return 1;
    };
    now.advance = count => {
      let done = 0;
      while (done < count && !now.rest && !now.turning)
        done += order === 'synchronous' ? together() : single();
      return done;
    };
    now.sweep = () => now.advance(N - place);
    return now;
  };

  // The two layers of a classifier, by Euler's steps; weights are integers of 8 bits
  const twoLayer = given => {
    const [rows, columns] = given.shape, N = rows * columns, H = given.start.length;
    const whole = new Int8Array(bytes(given.weights).buffer);  // (H, N)
    const W = Float64Array.from(
      whole, (w, k) => w * given.largest[Math.floor(k / N)] / 127);
    const net = {
      v: new Float64Array(N), h: new Float64Array(H), done: 0, beta: given.beta,
      held: -1};  // the only neuron that is active, if one is held
    const softmax = x => {
      const top = Math.max(...x), e = x.map(a => Math.exp(net.beta * (a - top))),
        sum = e.reduce((a, b) => a + b);
      return e.map(a => a / sum);
    };
    net.begin = (v, held = -1) => {
      [net.v, net.h] = [Float64Array.from(v), Float64Array.from(given.start)];
      [net.done, net.held] = [0, held];
    };
    net.step = () => {
      const {v, h, held} = net, driven = new Float64Array(N),
        f = held < 0 ? softmax(h) : h.map((_, j) => j === held ? 1 : 0),
        heard = Float64Array.from(given.bias);
      for (let j = 0; j < H; j++)
        for (let i = 0, k = j * N; i < N; i++, k++) {
          driven[i] += W[k] * f[j];
          heard[j] += W[k] * v[i];
        }
      for (let i = 0; i < N; i++) v[i] += given.dt / given.tau_v * (driven[i] - v[i]);
      if (held < 0)
        for (let j = 0; j < H; j++) h[j] += given.dt / given.tau_h * (heard[j] - h[j]);
      net.done++;
    };
    // what hidden neurons at rest would be sent by v
    net.rest = () => Float64Array.from(given.bias, (b, j) => {
      let sum = b;
      for (let i = 0, k = j * N; i < N; i++, k++) sum += W[k] * net.v[i];
      return sum;
    });
    const block = (c, h = net.h) => h.subarray(c * given.units, (c + 1) * given.units);
    // of each class: the smooth maximum of its neurons
    net.currents = (h = net.h) => given.classes.map((_, c) => {
      const top = Math.max(...block(c, h));
      return top + Math.log(block(c, h).reduce(
        (sum, x) => sum + Math.exp(net.beta * (x - top)), 0)) / net.beta;
    });
    // the neuron of a class with the largest current, from 0 on; what one stands for
    net.winner = c => block(c).indexOf(Math.max(...block(c)));
    net.prototype = j => W.subarray(j * N, (j + 1) * N);
    return net;
  };

  // Networks of a few graded neurons, which flow: v' = pull(v) - v, by Euler's steps.
  // "softmax": energy v ** 2 / 2 - log(sum exp(beta x)) / beta, x the similarities;
  // "power": over directions g = v / |v|, energy -sum max(x, 0) ** n
  const dots = (memories, v) =>
    memories.map(memory => memory.reduce((sum, x, i) => sum + x * v[i], 0));
  const flows = {
    softmax: (memories, beta) => {
      const shares = v => {
        const x = dots(memories, v), top = Math.max(...x),
          e = x.map(a => Math.exp(beta * (a - top)));
        return {top, e, sum: e.reduce((a, b) => a + b)};
      };
      return {
        send: v => v,
        energy: v => {
          const {top, sum} = shares(v);
          return v.reduce((all, x) => all + x * x / 2, 0) - top - Math.log(sum) / beta;
        },
        plane: (x, y) => {  // the same over two neurons, without an array
          let top = -Infinity, sum = 0;
          for (const m of memories) top = Math.max(top, m[0] * x + m[1] * y);
          for (const m of memories) sum += Math.exp(beta * (m[0] * x + m[1] * y - top));
          return (x * x + y * y) / 2 - top - Math.log(sum) / beta;
        },
        weights: v => {
          const {e, sum} = shares(v);
          return e.map(a => a / sum);
        }};
    },
    power: (memories, n) => {
      const send = v => {
        const length = Math.hypot(...v) || 1;
        return v.map(x => x / length);
      };
      const positive = v => dots(memories, send(v)).map(x => Math.max(x, 0));
      return {
        send,
        energy: v => -positive(v).reduce((sum, x) => sum + power(x, n), 0),
        plane: (x, y) => {
          const length = Math.sqrt(x * x + y * y) || 1;
          let sum = 0;
          for (const m of memories)
            sum += power(Math.max((m[0] * x + m[1] * y) / length, 0), n);
          return -sum;
        },
        weights: v => positive(v).map(x => n * power(x, n - 1))};
    },
  };
  const flow = (kind, memories, strength) => {
    const net = flows[kind](memories, strength);
    net.path = (start, steps, dt) => {
      const path = [start];
      for (let t = 0; t < steps; t++) {
        const v = path[t], w = net.weights(v), next = v.slice();
        for (let i = 0; i < v.length; i++) {
          let pull = 0;
          for (let k = 0; k < w.length; k++) pull += w[k] * memories[k][i];
          next[i] += dt * (pull - v[i]);
        }
        path.push(next);
      }
      return path;
    };
    return net;
  };

  return {own, tell, random, shuffled, normal, bytes, spread, power, dense, walk,
    twoLayer, flow};
}
