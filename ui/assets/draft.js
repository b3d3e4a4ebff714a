// What was typed and not answered yet outlives a reload, and with it a connection that was lost
// (Gradio reloads the page when it is back). Only this tab keeps it, and only until the answer came.

(() => {
  "use strict";

  const DRAFT = "chuchu.draft"; // what is in the box
  const ASKED = "chuchu.asked"; // the question that is being answered

  const box = () => document.querySelector("#question textarea");
  const keep = (key, text) => {
    try {
      if (text) sessionStorage.setItem(key, text);
      else sessionStorage.removeItem(key);
    } catch { /* full: then it is not kept */ }
  };
  const kept = (key) => sessionStorage.getItem(key) || "";

  document.addEventListener("input", (event) => {
    if (event.target === box()) keep(DRAFT, event.target.value);
  });

  // The question that is waited for, or "".
  function underWay() {
    const asked = document.querySelectorAll("#chat .asked");
    const said = document.querySelectorAll("#chat .reply, #chat .refusal, #chat .notice");
    const isWaiting = asked.length && said.length && said[said.length - 1].matches(".waiting");
    return isWaiting ? asked[asked.length - 1].innerText : "";
  }

  let restored = false;

  function restore() {
    restored = true;
    const lost = [...new Set([kept(ASKED), kept(DRAFT)])].filter(Boolean).join("\n");
    keep(ASKED, "");
    if (lost && !box().value) window.chuchu.fill(lost);
  }

  document.addEventListener("chuchu:chat", () => {
    if (!box()) return;
    if (!restored) restore();
    keep(ASKED, underWay());
    setTimeout(() => keep(DRAFT, box()?.value), 100); // Gradio empties the box in its next update
  });
})();
