// What the page does in the browser: shows where a citation stands, asks what a link asks, and
// keeps the input method's Enter from sending. Python has placed every mark (data-start and
// data-end are code points of the document's text); nothing here counts characters.

window.chuchu = (() => {
  "use strict";

  let pane = null; // the article's element, once Gradio has mounted it
  let fetchDocument = () => {}; // asks the server for another document by its id
  // {link, focus, fetched}: to be shown when its document arrives, and whether that was asked for
  let wanted = null;
  let shown = ""; // which text is in the pane
  let current = null; // the link whose place is marked stronger
  let reader = null; // the link that opened the pane on a phone, to return the focus to
  const asking = []; // questions a link asks one after the other

  const isPhone = () => matchMedia("(max-width: 860px)").matches;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // "#at-START-END-DOCUMENT" → its parts, or null.
  function parsePlace(link) {
    const parts = /^#at-(\d+)-(\d+)-(.*)$/.exec(link.getAttribute("href") || "");
    return parts && { start: +parts[1], end: +parts[2], document: decodeURIComponent(parts[3]) };
  }

  const shownDocument = () => pane?.querySelector("article")?.dataset.document;

  // The pieces of the sentences that a place touches.
  function pieces({ start, end }) {
    return [...pane.querySelectorAll(".s")].filter(
      (piece) => +piece.dataset.start < end && +piece.dataset.end > start,
    );
  }

  function unmark() {
    for (const piece of pane.querySelectorAll(".cited, .nearest, .current")) {
      piece.classList.remove("cited", "nearest", "current");
      piece.removeAttribute("data-number");
      piece.removeAttribute("tabindex");
    }
    current = null;
    document.dispatchEvent(new CustomEvent("chuchu:marked"));
  }

  // Scroll `box`, and nothing around it, until `target` stands at `share` of its height. A long way
  // is jumped but for its end: gliding over a hundred pages would lay every one of them out.
  function bring(box, target, share) {
    const place = () => {
      const gap = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
      return box.scrollTop + gap - box.clientHeight * share;
    };
    const glide = () => box.scrollTo({ top: place(), behavior: calm() ? "instant" : "smooth" });
    const way = place() - box.scrollTop;
    if (Math.abs(way) < 3 * box.clientHeight) return glide();
    const rest = calm() ? 0 : Math.sign(way) * box.clientHeight / 3;
    box.scrollTo({ top: place() - rest, behavior: "instant" });
    // What is near now gets its true height in the next frame.
    requestAnimationFrame(() => requestAnimationFrame(glide));
  }

  // Mark everything the answer around `link` cites, and `link`'s own place stronger.
  function mark(link, { scroll, focus }) {
    unmark();
    const answer = link.closest(".reply, .refusal") || link;
    for (const other of answer.querySelectorAll("a.cite")) {
      const place = parsePlace(other);
      if (place.document !== shownDocument()) continue;
      const cited = pieces(place);
      cited.forEach((piece) => piece.classList.add("cited"));
      if (cited.length) cited[0].dataset.number = other.textContent;
    }
    const found = pieces(parsePlace(link));
    const look = link.closest(".refusal") ? "nearest" : "cited";
    found.forEach((piece) => piece.classList.add(look, "current"));
    if (!found.length) return;
    current = link;
    document.dispatchEvent(new CustomEvent("chuchu:marked"));
    if (scroll) {
      bring(pane.closest("#article"), found[0], 0.35);
    }
    if (focus) {
      found[0].tabIndex = -1;
      found[0].focus({ preventScroll: true });
    }
  }

  // The places the answer around the current link cites, each once, in the order of their numbers.
  function tour() {
    const answer = current?.closest(".reply");
    const links = new Map();
    for (const link of answer?.querySelectorAll("a.cite") || []) {
      if (!links.has(link.hash)) links.set(link.hash, link);
    }
    return [...links.values()];
  }

  const whereOnTour = (links) => links.findIndex((link) => link.hash === current?.hash);

  function step(by) {
    const links = tour();
    if (!links.length) return;
    const at = (whereOnTour(links) + by + links.length) % links.length;
    const opener = reader; // on a phone: what the focus returns to stays the same
    show(links[at]);
    if (opener) reader = opener;
  }

  function show(link) {
    const place = parsePlace(link);
    if (!place || !pane) return;
    if (isPhone()) openPane(link);
    if (place.document === shownDocument()) {
      mark(link, { scroll: true, focus: true });
    } else {
      wanted = { link, focus: true, fetched: true };
      fetchDocument(place.document);
    }
  }

  // A heading of the outline: shown, not cited.
  function turnTo(link) {
    link.closest("details").open = false;
    const [heading] = pieces(parsePlace(link));
    if (!heading) return;
    bring(pane.closest("#article"), heading, 0.15);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  const isReading = () => document.querySelector("#desk")?.dataset.reading !== undefined;

  // On a phone the text covers the page: "back" is to close it, not to leave the site.
  function openPane(link) {
    reader = link;
    if (isReading()) return;
    document.querySelector("#desk").dataset.reading = "";
    history.pushState({ ...history.state, chuchu: "reading" }, "");
  }

  function closePane() {
    const wasReading = isReading();
    delete document.querySelector("#desk")?.dataset.reading;
    reader?.focus({ preventScroll: true });
    reader = null;
    if (wasReading && history.state?.chuchu === "reading") history.back();
  }

  addEventListener("popstate", () => { if (isReading()) closePane(); });

  // ---- asking what a link asks

  const chat = () => document.querySelector("#chat");
  const isWaiting = () => Boolean(chat()?.querySelector(".notice.waiting"));

  const SENDS = 20; // clicks, at most, until a question is taken

  function ask(question) {
    const box = document.querySelector("#question textarea");
    if (!box) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    press(question, SENDS);
  }

  // Gradio takes the value over in its next update, and no click while it has not done with the last
  // answer, which is shown a little before. It empties the box when it has taken the question; a
  // second click meanwhile does nothing.
  function press(question, left) {
    setTimeout(() => {
      const box = document.querySelector("#question textarea");
      if (!left || !box || box.value !== question || isWaiting()) return;
      document.querySelector("#question .submit-button")?.click();
      press(question, left - 1);
    }, left === SENDS ? 60 : 500);
  }

  function askAll(link) {
    if (isWaiting() || asking.length) return;
    const questions = [...link.querySelectorAll(".q")].map((q) => q.textContent);
    const before = chat().querySelectorAll(".asked").length;
    questions.forEach((question, i) => asking.push({ question, after: before + i }));
    askNext();
  }

  function askNext() {
    if (!asking.length || isWaiting()) return;
    if (chat().querySelectorAll(".asked").length !== asking[0].after) return;
    ask(asking[0].question);
    // It stays first in the line until the chat shows it, so that it is not asked twice.
    asking[0].after = -1;
  }

  // ---- the chat changed

  let latest = null;
  let latestKey = ""; // what it answers and cites: the same when it is told in another language

  function chatChanged() {
    // Gradio reads each message's source out to screen readers; its text is there anyway.
    for (const message of chat().querySelectorAll("[data-testid][aria-label]")) {
      message.removeAttribute("aria-label");
    }
    document.dispatchEvent(new CustomEvent("chuchu:chat"));
    const asked = chat().querySelectorAll(".asked");
    if (asking.length && asking[0].after === -1 && !isWaiting() && asked.length) {
      if (asked[asked.length - 1].textContent === asking[0].question) asking.shift();
    }
    askNext();
    const answers = chat().querySelectorAll(".reply, .refusal, .notice.waiting");
    const answer = answers[answers.length - 1];
    if (!asked.length || !answer) { // another conversation, or other texts
      if (latest && pane) unmark();
      latest = wanted = null;
      latestKey = "";
      return;
    }
    if (answer === latest) return;
    latest = answer;
    bring(chat().querySelector(".bubble-wrap"), asked[asked.length - 1], 0.03);
    if (pane && !answer.matches(".waiting")) {
      const cited = [...answer.querySelectorAll("a.cite")].map((link) => link.hash);
      const key = [asked.length, ...cited].join(" ");
      const follow = key !== latestKey;
      latestKey = key;
      unmark();
      markLatest({ follow });
    }
  }

  // Mark what the last answer cites in the document that is shown; `follow` it to another one.
  function markLatest({ follow }) {
    const links = latest?.isConnected ? [...latest.querySelectorAll("a.cite")] : [];
    const isShown = (link) => parsePlace(link).document === shownDocument();
    const first = follow ? links[0] : links.find(isShown);
    if (!first) return;
    if (isShown(first)) return mark(first, { scroll: !isPhone(), focus: false });
    wanted = { link: first, focus: false, fetched: false };
    fetchWanted();
  }

  // Ask for the document of what is wanted, once there is one that it could take the place of.
  function fetchWanted() {
    if (wanted.fetched || !shownDocument()) return;
    wanted.fetched = true;
    fetchDocument(parsePlace(wanted.link).document);
  }

  function articleChanged() {
    const { document: id, text } = pane.querySelector("article")?.dataset || {};
    const isAnother = `${id} ${text}` !== shown;
    if (isAnother) { // nothing of the text before it stays
      shown = `${id} ${text}`;
      pane.closest("#article").scrollTop = 0;
      unmark();
    }
    if (!wanted?.link.isConnected) wanted = null;
    if (wanted && parsePlace(wanted.link).document === shownDocument()) {
      const { link, focus } = wanted;
      wanted = null;
      mark(link, { scroll: focus || !isPhone(), focus });
    } else if (wanted) {
      if (isAnother && wanted.fetched) wanted = null; // the visitor has chosen this one meanwhile
      else fetchWanted();
    } else if (!pane.querySelector(".current")) { // it came after its answer, or anew
      markLatest({ follow: false });
    }
  }

  // Gradio names the place for files in English, or by a key; its label says it in our words.
  function filesChanged() {
    const files = document.querySelector("#files");
    const words = files.querySelector("label")?.textContent.trim();
    if (!words) return;
    for (const named of files.querySelectorAll(".upload-container, input, .icon-button:has(input)")) {
      if (named.getAttribute("aria-label") !== words) named.setAttribute("aria-label", words);
      if (named.title) named.title = words;
    }
  }

  // A build's progress and report appear below what was filled in: bring them into view.
  function reportChanged() {
    const report = document.querySelector("#report");
    const box = report.closest(".tabitem");
    if (report.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom) {
      report.scrollIntoView({ block: "nearest", behavior: calm() ? "instant" : "smooth" });
    }
  }

  // ---- events

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    const href = link?.getAttribute("href") || "";
    const outline = pane?.querySelector(".outline[open]");
    if (outline && !outline.contains(event.target)) outline.open = false;
    if (event.target.closest?.(".close-article")) {
      closePane();
    } else if (event.target.closest?.(".tour .step")) {
      step(+event.target.closest(".step").dataset.by);
    } else if (href.startsWith("#at-")) {
      event.preventDefault();
      if (link.closest(".outline")) turnTo(link);
      else show(link);
    } else if (href === "#ask") {
      event.preventDefault();
      askAll(link);
    } else if (href === "#own") {
      event.preventDefault();
      document.querySelector("#tabs [role=tab][aria-selected=false]")?.click();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const outline = pane?.querySelector(".outline[open]");
    if (!outline) return closePane();
    outline.open = false;
    outline.querySelector("summary").focus();
  });
  document.addEventListener("chuchu:close", closePane, true);

  // While an input method composes, Enter chooses a word. Browsers tell in three ways: isComposing,
  // keyCode 229, and (Safari) a plain Enter that comes right after compositionend.
  let composing = false;
  let composedAt = -Infinity;
  document.addEventListener("compositionstart", () => { composing = true; }, true);
  document.addEventListener("compositionend", (event) => {
    composing = false;
    composedAt = event.timeStamp;
  }, true);
  for (const type of ["keydown", "keypress"]) {
    document.addEventListener(type, (event) => {
      if (event.key !== "Enter" && event.keyCode !== 229) return;
      const chosen = event.timeStamp - composedAt < 50;
      if (composing || event.isComposing || event.keyCode === 229 || chosen) {
        event.stopImmediatePropagation();
        if (event.key === "Enter") event.preventDefault();
      }
    }, true);
  }

  new MutationObserver((changes) => {
    const within = (id) => {
      const element = document.getElementById(id);
      return element && changes.some((change) => element.contains(change.target));
    };
    if (within("chat")) chatChanged();
    if (within("report")) reportChanged();
    if (within("files")) filesChanged();
  }).observe(document, { childList: true, subtree: true, characterData: true });

  return {
    ask,
    bring,
    // For the article's map: its element, the places of the answer, and which one is current.
    reading() {
      const links = tour();
      return { pane, at: whereOnTour(links), count: links.length };
    },
    // Called by Gradio when the article's component is there.
    article(element, fetch) {
      pane = element;
      fetchDocument = fetch;
      new MutationObserver(articleChanged).observe(element, { childList: true, subtree: true, attributes: true,
                            attributeFilter: ["data-document"] });
    },
  };
})();
