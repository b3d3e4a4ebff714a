// Earlier conversations, kept in this browser: what was asked, and each answer as the data Python
// makes HTML of again. One entry of localStorage a conversation, so that two tabs do not write over
// each other; sessionStorage knows which one this tab is in, so that a reload goes on with it and a
// new tab begins anew. Each is about one index, and is shown while that one is asked. Nothing kept here is ever put into the page but as text.

(() => {
  "use strict";

  const PREFIX = "chuchu.talk.";
  const CURRENT = "chuchu.talk";
  const MOST = 100; // conversations; the one unused for longest makes room

  let bar = null; // the component's element
  let tell = () => {}; // tells Python: "select" with a conversation, "clear"
  let asked = ""; // the index that is asked; "" is the server's own

  // ---- keeping. A browser that keeps nothing for a page throws; then nothing is kept.

  function attempt(action, otherwise) {
    try { return action(); } catch { return otherwise; }
  }

  function load(key) {
    return attempt(() => {
      const talk = JSON.parse(localStorage.getItem(key));
      return talk && Array.isArray(talk.turns) && typeof talk.turns[0]?.asked === "string" ? talk : null;
    }, null);
  }

  function all() {
    const keys = attempt(() => Object.keys(localStorage), []);
    return keys.filter((key) => key.startsWith(PREFIX)).map(load).filter(Boolean)
      .sort((one, other) => other.at - one.at);
  }

  const about = (talk) => talk.index || "";
  const here = () => all().filter((talk) => about(talk) === asked);

  const current = () => attempt(() => sessionStorage.getItem(CURRENT), null);
  const enter = (id) => attempt(() => sessionStorage.setItem(CURRENT, id));
  const leave = () => attempt(() => sessionStorage.removeItem(CURRENT));
  const forget = (id) => attempt(() => localStorage.removeItem(PREFIX + id));

  function save(talk) {
    const others = all().filter((other) => other.talk !== talk.talk);
    while (others.length >= MOST) forget(others.pop().talk);
    for (;;) {
      try {
        localStorage.setItem(PREFIX + talk.talk, JSON.stringify(talk));
        return;
      } catch { // full: the oldest makes room
        if (!others.length) return;
        forget(others.pop().talk);
      }
    }
  }

  function keep({ talk: id, index, asked: question, answer }) {
    const talk = load(PREFIX + id) || { talk: id, index, turns: [] };
    talk.turns.push({ asked: question, answer });
    talk.at = Date.now();
    save(talk);
    enter(id);
    draw();
  }

  // ---- the list

  const find = (selector) => bar?.querySelector(selector);

  function open(talk) {
    unfold(false);
    enter(talk.talk);
    tell("select", { talk: talk.talk, index: about(talk), turns: talk.turns });
    document.querySelector("#question textarea")?.focus();
  }

  function begin() {
    unfold(false);
    leave();
    tell("clear");
    document.querySelector("#question textarea")?.focus();
  }

  function remove(button, talk) {
    if (!button.classList.contains("surely")) { // a second click, on what then says so
      button.classList.add("surely");
      button.textContent = find(".kept").dataset.surely;
      return;
    }
    forget(talk.talk);
    const next = button.closest("li").nextElementSibling || button.closest("li").previousElementSibling;
    const at = next && [...next.parentNode.children].indexOf(next);
    if (talk.talk === current()) { leave(); tell("clear"); }
    draw();
    (find(`.kept li:nth-child(${at || 1}) .open`) || find(".new")).focus();
  }

  function row(talk) {
    const item = document.createElement("li");
    const title = document.createElement("button");
    title.type = "button";
    title.className = "open";
    title.append(Object.assign(document.createElement("span"), { textContent: talk.turns[0].asked }));
    const when = new Date(talk.at);
    const time = document.createElement("time");
    time.dateTime = when.toISOString();
    time.textContent = when.toLocaleString(find(".talks").lang, {
      month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
    });
    title.append(time);
    if (talk.talk === current()) title.setAttribute("aria-current", "true");
    title.addEventListener("click", () => open(talk));
    const away = document.createElement("button");
    away.type = "button";
    away.className = "away";
    away.textContent = "✕";
    away.setAttribute("aria-label", `${find(".kept").dataset.delete} ${talk.turns[0].asked.slice(0, 40)}`);
    away.addEventListener("click", () => remove(away, talk));
    item.append(title, away);
    return item;
  }

  function draw() {
    if (!find(".talks")) return;
    const talks = here();
    find(".kept ul").replaceChildren(...talks.map(row));
    find(".earlier").hidden = !talks.length;
  }

  function unfold(open) {
    if (!find(".kept")) return;
    find(".kept").hidden = !open;
    find(".earlier").setAttribute("aria-expanded", String(open));
  }

  document.addEventListener("click", (event) => {
    if (!find(".talks")) return;
    if (event.target.closest?.("#talks .earlier")) {
      unfold(find(".kept").hidden);
    } else if (event.target.closest?.("#talks .new")) {
      begin();
    } else if (event.target.isConnected && !event.target.closest?.("#talks .kept")) {
      unfold(false);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !find(".kept") || find(".kept").hidden) return;
    unfold(false);
    find(".earlier").focus();
  });

  addEventListener("storage", draw); // another tab kept something

  // Go on with the conversation this tab was in, if it is about what is asked; leave it if not.
  function resume() {
    const talk = current() && load(PREFIX + current());
    if (!talk) return;
    if (about(talk) === asked) open(talk);
    else leave();
  }

  function turnTo(index) {
    if (index === asked) return;
    asked = index;
    resume();
    draw();
  }

  function forgetAllBut(indexes) {
    all().filter((talk) => about(talk) && !indexes.includes(about(talk)))
      .forEach((talk) => forget(talk.talk));
    draw();
  }

  // Called by Gradio when the component is there.
  window.chuchu.talks = (element, props, watch, trigger) => {
    bar = element;
    tell = trigger;
    watch("turn", () => props.turn && keep(props.turn));
    watch("value", draw);
    watch("index", () => turnTo(props.index));
    watch("indexes", () => props.indexes && forgetAllBut(props.indexes));
    draw();
    // One about the server's own texts is opened at once; one about others when they are asked.
    const talk = current() && load(PREFIX + current());
    if (talk && !about(talk)) open(talk);
  };
})();
