(box, labels, frames, words) => {
  const inputs = [...box.querySelectorAll('input')], last = inputs[inputs.length - 1];
  const image = box.querySelector('img'), text = box.querySelector('p'),
    button = box.querySelector('button');
  let rolling = null;
  const show = () => {
    let k = 0;
    inputs.forEach((input, setting) => {
      const given = labels[setting];
      k = k * given.length + Number(input.value);
      input.nextElementSibling.value = given[input.value];
      input.setAttribute('aria-valuetext', given[input.value]);
    });
    image.src = 'data:image/png;base64,' + frames[k];
    image.alt = text.textContent = words[k];
  };
  const stop = () => {
    clearInterval(rolling);
    rolling = null;
    button.textContent = 'play';
  };
  button.addEventListener('click', () => {
    if (rolling) { stop(); return; }
    if (last.value === last.max) last.value = 0;
    else last.value = Number(last.value) + 1;
    show();
    button.textContent = 'stop';
    rolling = setInterval(() => {
      if (last.value === last.max) { stop(); return; }
      last.value = Number(last.value) + 1;
      show();
    }, 500);
  });
  inputs.forEach(input => input.addEventListener('input', () => {
    if (rolling) stop();
    show();
  }));
}
