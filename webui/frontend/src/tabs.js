// Sections that are one long page without scripts become tabs; the diagram loads when first seen.

function link(href) {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = href;
  document.head.append(sheet);
}

async function showDiagram(panel) {
  const root = panel.querySelector('[data-diagram-script]');
  if (!root || root.dataset.ready) return;
  root.dataset.ready = 'loading';
  link(root.dataset.diagramStyle);
  const { mount } = await import(root.dataset.diagramScript);
  await mount(root);
}

function select(tabs, chosen, focus) {
  tabs.forEach((tab) => {
    const active = tab === chosen;
    const panel = document.getElementById(tab.getAttribute('aria-controls'));
    tab.setAttribute('aria-selected', String(active));
    tab.tabIndex = active ? 0 : -1;
    panel.hidden = !active;
    if (active) showDiagram(panel);
  });
  if (focus) chosen.focus();
}

function move(tabs, event) {
  const steps = { ArrowLeft: -1, ArrowRight: 1 };
  const step = steps[event.key];
  if (!step) return;
  const next = (tabs.indexOf(event.target) + step + tabs.length) % tabs.length;
  event.preventDefault();
  select(tabs, tabs[next], true);
}

function start(list) {
  const tabs = [...list.querySelectorAll('a')];
  list.setAttribute('role', 'tablist');
  tabs.forEach((tab) => {
    const id = tab.hash.slice(1);
    const panel = document.getElementById(id);
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', id);
    tab.id = tab.id || `tab-${id}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', (event) => {
      event.preventDefault();
      window.history.replaceState(null, '', tab.hash);
      select(tabs, tab, true);
    });
    tab.addEventListener('keydown', (event) => move(tabs, event));
  });
  const named = tabs.find((tab) => tab.hash === window.location.hash);
  select(tabs, named || tabs[0], false);
}

export function startTabs() {
  document.querySelectorAll('[data-tabs]').forEach(start);
}
