// 👍 and 👎: tells the server which link was clicked, and shows which one it was.

window.chuchu.votes = (() => {
  "use strict";

  let tell = () => {};

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.vote");
    const vote = /^#vote-(.+)$/.exec(link?.getAttribute("href") || "");
    if (!vote) return;
    event.preventDefault();
    for (const other of link.parentElement.querySelectorAll(".vote")) {
      other.classList.toggle("given", other === link);
    }
    tell(vote[1]);
  });

  // Called by Gradio when the component that carries the votes is there.
  return (send) => { tell = send; };
})();
