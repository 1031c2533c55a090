// Evaluates expressions as forms do in the browser: JSON on stdin, one answer each on stdout.
// In:  [{"expression": "…", "context": {…}}]
// Out: [{"value": …} | {"error": "…"}]; dates, times and durations as {"@": ISO 8601 text}.
import { readFileSync } from 'node:fs';
import { evaluate } from '@bpmn-io/feelin';

/** Say what a date, time or date and time is, as feelin tells them apart. */
function isoText(moment) {
  if (moment.year === 1900 && moment.month === 1 && moment.day === 1) return moment.toISOTime();
  const midnight = moment.hour + moment.minute + moment.second + moment.millisecond === 0;
  return midnight && moment.zoneName === 'UTC' ? moment.toISODate() : moment.toISO();
}

/** Make a value of the language JSON; what JSON cannot say becomes an error. */
function plain(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(String(value));
  if (['boolean', 'number', 'string'].includes(typeof value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value.isLuxonDateTime) return { '@': isoText(value) };
  if (value.isLuxonDuration) return { '@': value.toISO() };
  if (Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  }
  throw new TypeError(`no JSON for ${value.constructor?.name}`);
}

function answer({ expression, context }) {
  try {
    return { value: plain(evaluate(expression, context).value) };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

const asked = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(asked.map(answer)));
