// Applies the student's own choice of colours before the first paint. This is
// the one classic script: a module would run too late and flash.
//
// The choice is a cookie and not local storage, because cookies ignore ports:
// Vouch may have another port tomorrow, and local storage would be another one.
(() => {
  const kept = /(?:^|; )vouch_theme=(light|dark)(?:;|$)/.exec(document.cookie);
  if (kept) document.documentElement.dataset.theme = kept[1];
})();
