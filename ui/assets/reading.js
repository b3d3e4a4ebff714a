// What helps to read the article: a narrow map of where the citations lie, the way from one to the
// next, and asking about what was selected.

(() => {
  "use strict";

  let map = null; // beside the article, made when there is something to show

  function article() {
    return document.querySelector("#article");
  }

  // One tick for each cited sentence, as far down the map as it is down the article.
  function drawMap() {
    const box = article();
    if (!box) return;
    if (!map?.isConnected) {
      map = document.createElement("div");
      map.id = "map";
      map.setAttribute("aria-hidden", "true"); // the marks and the steps say the same
      box.after(map);
    }
    map.replaceChildren();
    const top = box.getBoundingClientRect().top - box.scrollTop;
    for (const piece of box.querySelectorAll(".s[data-number]")) {
      const tick = document.createElement("div");
      tick.className = piece.classList.contains("current") ? "tick current" : "tick";
      const share = (piece.getBoundingClientRect().top - top) / box.scrollHeight;
      tick.style.top = `${(100 * share).toFixed(2)}%`;
      tick.addEventListener("click", () => window.chuchu.bring(box, piece, 0.35));
      map.append(tick);
    }
  }

  function showTour() {
    const { at, count } = window.chuchu.reading();
    const tour = article()?.querySelector(".tour");
    if (!tour) return;
    tour.hidden = count < 2;
    tour.querySelector(".which").textContent = count < 2 ? "" : `${at + 1} / ${count}`;
  }

  function marked() {
    drawMap();
    showTour();
  }

  document.addEventListener("chuchu:marked", marked);
  addEventListener("resize", marked);

  // ---- asking about what was selected

  let offer = null;

  function withdraw() {
    offer?.remove();
    offer = null;
  }

  function selected() {
    const selection = getSelection();
    const text = selection.toString().replace(/\s+/g, " ").trim();
    const inside = selection.anchorNode && article()?.querySelector("article");
    return inside?.contains(selection.anchorNode) && text.length <= 120 ? text : "";
  }

  document.addEventListener("selectionchange", () => {
    withdraw();
    if (!selected()) return;
    const range = getSelection().getRangeAt(0).getBoundingClientRect();
    offer = document.createElement("button");
    offer.type = "button";
    offer.id = "ask-this";
    offer.textContent = article().querySelector("article").dataset.ask;
    offer.style.left = `${Math.max(8, Math.min(range.left, innerWidth - 120))}px`;
    offer.style.top = `${Math.max(8, Math.min(range.bottom + 8, innerHeight - 48))}px`;
    document.body.append(offer);
  });

  // pointerdown: by the time of a click the selection is gone, and the offer with it.
  document.addEventListener("pointerdown", (event) => {
    if (event.target !== offer) return;
    event.preventDefault();
    const text = selected();
    withdraw();
    getSelection().removeAllRanges();
    window.chuchu.write(`“${text}”`);
  });
})();
