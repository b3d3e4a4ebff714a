// What helps to ask: editing how a question was understood, calling the last one back, and taking
// an answer along.

(() => {
  "use strict";

  const box = () => document.querySelector("#question textarea");

  // Put `text` into the question's box.
  function fill(text) {
    const area = box();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  window.chuchu.fill = fill;

  // The same, to be gone on with.
  function write(text) {
    const area = box();
    if (!area) return;
    fill(text);
    area.focus();
    area.setSelectionRange(text.length, text.length);
    document.querySelector("#article .close-article")?.dispatchEvent(new Event("chuchu:close"));
  }
  window.chuchu.write = write;

  // ---- 理解为：…, to be edited and asked again

  function edit(link) {
    const chip = link.querySelector("span");
    if (chip.isContentEditable) return;
    chip.contentEditable = "plaintext-only";
    chip.setAttribute("role", "textbox");
    chip.setAttribute("aria-label", link.title);
    chip.dataset.was = chip.textContent;
    chip.focus();
    getSelection().selectAllChildren(chip);
    getSelection().collapseToEnd();
  }

  function leave(chip, text) {
    chip.textContent = text;
    chip.removeAttribute("contenteditable");
    chip.removeAttribute("role");
    chip.closest("a").focus();
  }

  document.addEventListener("keydown", (event) => {
    const chip = event.target.closest?.(".understood span[contenteditable]");
    if (!chip || event.isComposing || event.keyCode === 229) return;
    const text = chip.textContent.trim();
    if (event.key === "Enter") {
      event.preventDefault();
      leave(chip, chip.dataset.was);
      if (text) window.chuchu.ask(text);
    } else if (event.key === "Escape") {
      leave(chip, chip.dataset.was);
    }
  });

  // ---- taking an answer along

  async function copy(link) {
    const text = link.querySelector(".taken").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard for pages that came over plain HTTP from elsewhere
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    link.classList.add("copied");
    setTimeout(() => link.classList.remove("copied"), 1600);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    const href = link?.getAttribute("href");
    if (href === "#copy" || href === "#edit") event.preventDefault();
    if (href === "#copy") copy(link);
    if (href === "#edit") edit(link);
  });

  // ---- ↑ in an empty box: the last question again

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" || event.isComposing) return;
    if (event.target !== box() || box().value) return;
    const asked = document.querySelectorAll("#chat .asked");
    if (!asked.length) return;
    event.preventDefault();
    write(asked[asked.length - 1].innerText);
  });
})();
