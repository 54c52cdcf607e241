// The first page, and what is listened to: the address, printing, the width of the window.
function start() {
  frame();
  show();
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeprint", showAllRows);
  let wide = window.innerWidth, waiting = 0;
  window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => { if (Math.abs(window.innerWidth - wide) > 40) { wide = window.innerWidth; show(); } }, 200); });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); document.getElementById("main").focus(); });
}

start();
