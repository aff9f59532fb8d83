import { DateTime } from 'luxon';

/** `3 s`, `4 min`, `2 h`, `5 d`. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** `3 s ago`, `4 min ago`, `2 h ago`, `5 d ago`; short, for marks that change as you look. */
export function formatAge(milliseconds: number): string {
  return milliseconds < 1000 ? 'just now' : `${formatSpan(milliseconds)} ago`;
}

/** Age of an ISO time; empty for one that cannot be read. */
export function formatAgeOf(iso: string | undefined, now: number): string {
  const time = iso ? Date.parse(iso) : NaN;
  return Number.isNaN(time) ? '' : formatAge(now - time);
}

/** `1.4 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export interface DeadlineStatus {
  /** `31 Mar 2027`. */
  date: string;
  /** `131 days left`, `today`, `3 days late`. */
  left: string;
  urgency: 'far' | 'near' | 'late';
}

/** A deadline lasts to the end of its day, in the reader's time zone. */
export function describeDeadline(
  deadline: string | undefined,
  now: number,
): DeadlineStatus | undefined {
  const day = deadline ? DateTime.fromISO(deadline) : undefined;
  if (!day?.isValid) return undefined;
  const today = DateTime.fromMillis(now).startOf('day');
  const days = Math.round(day.startOf('day').diff(today, 'days').days);
  const date = day.toFormat('d LLL yyyy');
  if (days < 0) {
    const late = -days;
    return {
      date,
      left: `${late} ${late === 1 ? 'day' : 'days'} late`,
      urgency: 'late',
    };
  }
  if (days === 0) return { date, left: 'today', urgency: 'near' };
  return {
    date,
    left: `${days} ${days === 1 ? 'day' : 'days'} left`,
    urgency: days <= 14 ? 'near' : 'far',
  };
}

/** `20 Nov 2026, 16:35`. */
export function formatTime(iso: string): string {
  const time = DateTime.fromISO(iso);
  return time.isValid ? time.toFormat('d LLL yyyy, HH:mm') : iso;
}
