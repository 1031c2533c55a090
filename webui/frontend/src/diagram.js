// Shows a diagram with its state; loaded when the reader opens the diagram for the first time.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './diagram.css';

const MARGIN = 20;
const CORNER = 52;
const NARROW = 600;
const LEGIBLE = 0.8;
const SMALLEST = 0.05;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function badge(text, kind) {
  const element = document.createElement('div');
  element.className = `diagram-badge diagram-badge-${kind}`;
  element.textContent = text;
  return element;
}

/** Mark what was passed and what is open; shape and text say it too, not colour alone. */
function mark(viewer, diagram, texts) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  const known = (id) => registry.get(id);
  const shape = (id) => known(id) && !known(id).waypoints;
  const current = new Set(diagram.current);
  diagram.done.filter(known).filter((id) => !current.has(id))
    .forEach((id) => canvas.addMarker(id, 'wf-done'));
  diagram.current.filter(known).forEach((id) => canvas.addMarker(id, 'wf-current'));
  diagram.done.filter(shape).filter((id) => !current.has(id) && registry.get(id).width > 60)
    .forEach((id) => overlays.add(id, {
      position: { top: -10, right: 12 }, html: badge('✓', 'done'),
    }));
  diagram.current.filter(shape).forEach((id) => {
    const note = diagram.notes[id];
    overlays.add(id, {
      position: { bottom: 2, left: 0 },
      html: badge(note ? `${texts.current}：${note}` : texts.current, 'current'),
    });
  });
}

/** Look once there is room: a panel that is folded, or left while its diagram loads, has none. */
function whenSized(viewer, container, look) {
  const hasRoom = () => {
    const { inner, outer } = viewer.get('canvas').viewbox();
    return outer.width > 0 && outer.height > 0 && inner.width > 0 && inner.height > 0;
  };
  if (hasRoom()) {
    look();
    return;
  }
  new ResizeObserver((_entries, observer) => {
    if (!container.isConnected) observer.disconnect();
    else if (hasRoom()) {
      observer.disconnect();
      look();
    }
  }).observe(container);
}

/** Show the whole diagram; the strip at the bottom stays free for the watermark. */
function fit(viewer) {
  const canvas = viewer.get('canvas');
  const { inner, outer } = canvas.viewbox();
  const free = { width: outer.width - 2 * MARGIN, height: outer.height - MARGIN - CORNER };
  const wanted = Math.min(1, free.width / inner.width, free.height / inner.height);
  const scale = Math.max(SMALLEST, wanted);
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({
    x: inner.x - (width - inner.width) / 2,
    y: inner.y - MARGIN / scale - Math.max((free.height / scale - inner.height) / 2, 0),
    width,
    height,
  });
}

/** On a narrow screen show the open step in a legible size; tells whether it did. */
function lookAtCurrent(viewer, diagram) {
  const canvas = viewer.get('canvas');
  const found = diagram.current.map((id) => viewer.get('elementRegistry').get(id)).find(Boolean);
  const { outer } = canvas.viewbox();
  if (!found || outer.width > NARROW) return false;
  const width = outer.width / LEGIBLE;
  const height = outer.height / LEGIBLE;
  const middle = { x: found.x + found.width / 2, y: found.y + found.height / 2 };
  canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
  return true;
}

function buttons(root, viewer) {
  root.addEventListener('click', (event) => {
    const button = event.target.closest('[data-zoom]');
    if (!button) return;
    if (button.dataset.zoom === 'fit') fit(viewer);
    else viewer.get('zoomScroll').stepZoom(Number(button.dataset.zoom));
  });
}

export async function mount(root) {
  const data = JSON.parse(document.getElementById(root.dataset.diagramData).textContent);
  const chooser = root.querySelector('[data-diagram-choice]');
  const canvas = root.querySelector('[data-diagram-canvas]');
  const viewer = new NavigatedViewer({
    container: canvas,
    bpmnRenderer: {
      defaultFillColor: colour('--pf-diagram-fill'),
      defaultStrokeColor: colour('--pf-diagram-stroke'),
      defaultLabelColor: colour('--pf-diagram-label'),
    },
    textRenderer: { defaultStyle: { fontFamily: colour('--pf-font') } },
  });
  const show = async (index) => {
    const diagram = data.diagrams[index];
    await viewer.importXML(diagram.xml);
    whenSized(viewer, canvas, () => lookAtCurrent(viewer, diagram) || fit(viewer));
    mark(viewer, diagram, data.texts);
    root.dataset.ready = 'shown';
  };
  const choose = (index) => {
    if (chooser) chooser.value = String(index);
    return show(index);
  };
  chooser?.addEventListener('change', () => show(Number(chooser.value)));
  viewer.on('element.dblclick', ({ element }) => {
    const called = data.diagrams.findIndex((one) => one.calledFrom === element.id);
    if (called > 0) choose(called);
  });
  buttons(root, viewer);
  await choose(data.first);
}
