// Nothing typed is lost by accident and nothing is sent twice.

let dirty = false;
let refreshing = 0;
let waiting = null;

function watchChanges() {
  // shown again by the server: what it holds is kept nowhere else yet
  dirty = document.querySelector('form[data-guard][data-unsaved]') !== null;
  document.addEventListener('input', (event) => {
    if (event.target.closest('form[data-guard]')) dirty = true;
  });
  window.addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });
}

/** Live refreshing may be uploading a file: let it end before the same form is submitted. */
function countRefreshes() {
  document.addEventListener('htmx:before:request', () => { refreshing += 1; });
  document.addEventListener('htmx:finally:request', () => {
    refreshing = Math.max(0, refreshing - 1);
    if (refreshing > 0 || !waiting) return;
    const { form, submitter } = waiting;
    waiting = null;
    setTimeout(() => form.requestSubmit(submitter), 0);
  });
}

function refuseSecondSubmit() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === 'get') return;
    if (refreshing > 0) {
      event.preventDefault();
      waiting = { form, submitter: event.submitter };
      return;
    }
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = 'yes';
    dirty = false;
    if (event.submitter) event.submitter.classList.add('is-sending');
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sending]').forEach((form) => {
      delete form.dataset.sending;
      form.querySelectorAll('.is-sending').forEach((one) => one.classList.remove('is-sending'));
    });
  });
}

function submitOnChange() {
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
  });
}

function insertPhrases() {
  document.addEventListener('click', (event) => {
    const phrase = event.target.closest('[data-phrase]');
    if (!phrase) return;
    const area = document.getElementById(phrase.dataset.phraseFor);
    area.value = phrase.dataset.phrase;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.focus();
  });
}

function showErrors() {
  const summary = document.querySelector('[data-error-summary], .error-summary');
  if (summary) summary.focus();
}

export function startForms() {
  watchChanges();
  countRefreshes();
  refuseSecondSubmit();
  submitOnChange();
  insertPhrases();
  showErrors();
}
