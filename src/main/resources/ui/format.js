const whole = new Intl.NumberFormat('en');

export const count = (number) => (number === null || number === undefined ? '–' : whole.format(number));

export function bytes(number) {
  if (number === null || number === undefined) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = number;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit += 1; }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function duration(millis) {
  if (millis === null || millis === undefined || Number.isNaN(millis)) return '–';
  const seconds = Math.max(0, Math.round(millis / 1000));
  const two = (n) => String(n).padStart(2, '0');
  return seconds >= 3600
    ? `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
    : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');

export function when(at) {
  if (!at) return '–';
  const date = new Date(at);
  const day = date.toDateString() === new Date().toDateString() ? '' : `${date.toLocaleDateString('en-CA')} `;
  return day + date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** How long a job has run, or ran. */
export function took(job) {
  if (!job.startedAt) return '–';
  return duration(new Date(job.finishedAt ?? Date.now()) - new Date(job.startedAt));
}
