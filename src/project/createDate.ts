import type { CreateDate } from "../revision/fileName";

/** An instant as a clock in a time zone shows it; undefined is the machine's own zone. */
export function createDateIn(instant: Date, timezone: string | undefined): CreateDate {
  const epoch = Math.floor(instant.getTime() / 1000);
  return timezone === undefined
    ? {
        year: instant.getFullYear(),
        month: instant.getMonth() + 1,
        day: instant.getDate(),
        hour: instant.getHours(),
        minute: instant.getMinutes(),
        second: instant.getSeconds(),
        epoch,
      }
    : { ...clockIn(instant, timezone), epoch };
}

function clockIn(instant: Date, timezone: string): Omit<CreateDate, "epoch"> {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}

/** `2025-10-01 21:15:00`, for a file's `Create Date:` line. */
export function formatCreateDate(date: CreateDate): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = [String(date.year).padStart(4, "0"), two(date.month), two(date.day)].join("-");
  return `${day} ${[date.hour, date.minute, date.second].map(two).join(":")}`;
}
