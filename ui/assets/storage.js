// A browser that keeps nothing for a page throws at every look at its storage, and Gradio's state of
// the browser would take the whole page down with it. Such a page keeps things for as long as it is
// open, and no longer.

for (const kind of ["localStorage", "sessionStorage"]) {
  try {
    window[kind].getItem("");
  } catch {
    const kept = new Map();
    const value = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, text) => { kept.set(String(key), String(text)); },
      removeItem: (key) => { kept.delete(String(key)); },
      clear: () => { kept.clear(); },
      key: (at) => [...kept.keys()][at] ?? null,
      get length() { return kept.size; },
    };
    Object.defineProperty(window, kind, { configurable: true, value });
  }
}
