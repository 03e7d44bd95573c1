// The cases that nbs/view/50_playground.ipynb records, computed by networks.js:
// a function of the networks and a range of cases.
(networks, first, last) => {
  const ends = [], sizes = [4, 9, 25, 60, 100, 144, 784];
  let decided = 0;
  for (let k = first; k < last; k++) {
    const draw = networks.random(k), ranges = [7, 12, 59];
    const [at, M, n] = ranges.map(range => Math.floor(draw() * range));
    const N = sizes[at], x = Array.from({length: M + 1}, () =>
      Array.from({length: N}, draw));
    const ink = k % 4 === 3 ? 0.25 : 0.5;
    let memories = x.map(row => row.map(u => u < ink ? 1 : -1));
    if (k % 4 === 1) memories = [
      ...memories, ...memories.map(row => row.map(s => -s)),
      memories[0].map((s, i) => s * memories[M][i])];
    if (k % 4 === 2) memories = memories.map(
      (row, m) => row.map((s, i) => x[m][i] < 0.9 ? memories[0][i] : s));
    const probe = memories[0].map(s => draw() < 0.3 ? -s : s);
    const order = ['sequential', 'random', 'synchronous'][Math.floor(k / 4) % 3];
    const net = networks.dense(memories, N, n + 2);
    const now = networks.walk(net, probe, order, networks.random(k + 1e6));
    for (let sweep = 0; sweep < 30 && !now.rest; sweep++) {
      now.turning = false;  // the package goes on to its last sweep
      now.sweep();
    }
    const code = now.state.reduce(
      (hash, s) => Math.imul(hash ^ (s > 0 ? 1 : 0), 16777619) >>> 0, 2166136261);
    ends.push([code, now.sweeps]);
    decided += net.decided;
  }
  return {ends, decided};
}
