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
    : withOffset({ ...clockIn(instant, timezone), epoch });
}

function withOffset(date: CreateDate): CreateDate {
  const { year, month, day, hour, minute, second, epoch } = date;
  return { ...date, offset: Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - epoch };
}

function clockIn(instant: Date, timezone: string): Omit<CreateDate, "epoch" | "offset"> {
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

/** `2025-10-01 21:15:00`, for a file's `Create Date:` line; with its offset from UTC where a time zone is set. */
export function formatCreateDate(date: CreateDate): string {
  const day = [String(date.year).padStart(4, "0"), twoDigits(date.month), twoDigits(date.day)].join("-");
  const time = [date.hour, date.minute, date.second].map(twoDigits).join(":");
  return `${day} ${time}${date.offset === undefined ? "" : formatOffset(date.offset)}`;
}

/** `+02:00`. */
function formatOffset(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  return `${offset < 0 ? "-" : "+"}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
