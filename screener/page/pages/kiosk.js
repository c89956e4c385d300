// A tablet that many people use, one after the other: a page that nobody touches is cleared, after a time that is shown.
// The file is one expression, a function of what makes elements and of what fills sentences.
((make, fill) => {
  "use strict";
  // So many seconds before the end it is said aloud, too.
  const SOON = 20;
  const TOUCHES = ["pointerdown", "keydown", "input", "wheel", "touchmove"];
  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  // A line for the foot of a page. `clear` is called when the time is over, unless `isFresh` says there is nothing to clear.
  return (words, seconds, isFresh, clear) => {
    const left = make("p", { class: "left", hidden: true });
    const aloud = make("p", { class: "unseen", role: "status" });
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
      aloud.textContent = "";
      tick();
    };
    const tick = () => {
      left.hidden = isFresh();
      if (left.hidden) touched = Date.now();
      const rest = Math.max(0, seconds - Math.floor((Date.now() - touched) / 1000));
      left.textContent = rest > SOON ? fill(words.clears_in, shown(rest)) : fill(words.clears_soon, String(rest));
      left.classList.toggle("soon", rest <= SOON);
      if (rest <= SOON && !aloud.textContent) aloud.textContent = left.textContent;
      if (rest > 0) return;
      clear();
      touch();
    };
    for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true });
    setInterval(tick, 1000);
    const wide = document.fullscreenEnabled && make("button", {
      type: "button", class: "quiet",
      click: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    }, words.full_screen);
    return make("div", { class: "kiosk" }, left, aloud, wide);
  };
})
