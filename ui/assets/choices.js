// What a visitor chooses for the page and their browser remembers: its language and its shade.

(() => {
  "use strict";

  const COOKIE = "chuchu_language"; // a cookie, because Python writes most of the words
  const SHADE = "chuchu.shade";

  const chosen = () => /(?:^|; )chuchu_language=(zh|en)/.exec(document.cookie)?.[1];
  const language = () => chosen() || (navigator.language.startsWith("zh") ? "zh" : "en");
  const speak = () => { document.documentElement.lang = language() === "zh" ? "zh-CN" : "en"; };

  window.chuchu.turnLanguage = () => {
    const other = language() === "zh" ? "en" : "zh";
    document.cookie = `${COOKIE}=${other}; path=/; max-age=31536000; samesite=lax`;
    speak();
    return [];
  };

  // Light or dark by the system until the visitor chooses. Gradio puts .dark on the body, when the
  // page opens and when the system turns; after either the choice has the last word.
  const remembered = () => { try { return localStorage.getItem(SHADE); } catch { return null; } };
  const isDark = () => document.body.classList.contains("dark");

  function shade() {
    const wanted = remembered();
    if (wanted && isDark() !== (wanted === "dark")) document.body.classList.toggle("dark");
  }

  window.chuchu.turnShade = () => {
    const next = isDark() ? "light" : "dark";
    try { localStorage.setItem(SHADE, next); } catch { /* not remembered, but turned */ }
    document.body.classList.toggle("dark", next === "dark");
    return [];
  };

  // Gradio says in English that the connection was lost, and no more that could be translated.
  function lost() {
    const words = document.querySelector("#talks .talks")?.dataset;
    for (const text of document.querySelectorAll(".toast-body.error .toast-text")) {
      if (!words || !text.textContent.startsWith("Connection to the server was lost")) continue;
      text.textContent = words.lost;
      const title = text.closest(".toast-body").querySelector(".toast-title");
      if (title) title.textContent = words.lostTitle;
    }
  }

  new MutationObserver(lost).observe(document.documentElement, { childList: true, subtree: true });

  speak();
  shade();
  new MutationObserver(shade).observe(document.body, { attributeFilter: ["class"] });
})();
