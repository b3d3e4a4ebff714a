// 👍 and 👎: tells the server which link was clicked, and shows which one it was.

window.chuchu.votes = (() => {
  "use strict";

  let tell = () => {};
  let voted = ""; // the address of the link that was clicked last

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.vote");
    const vote = /^#vote-(.+)$/.exec(link?.getAttribute("href") || "");
    if (!vote) return;
    event.preventDefault();
    voted = vote[0];
    for (const other of link.parentElement.querySelectorAll(".vote")) {
      other.classList.toggle("given", other === link);
    }
    tell(vote[1]);
  });

  // Escape puts the slip away, and the focus back to where it came from.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (!event.target.closest?.("#slip, #chat .votes")) return;
    document.querySelector("#close-vote")?.click();
    document.querySelector(`#chat a.vote[href="${voted}"]`)?.focus();
  });

  // Called by Gradio when the component that carries the votes is there.
  return (send) => { tell = send; };
})();
