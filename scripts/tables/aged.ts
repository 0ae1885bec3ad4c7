import { readdirSync, readFileSync } from 'node:fs';

/** Months after which AWS may well have changed what somebody read. */
const MOST = 12;
const months = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();

/** Tables written by hand whose sources nobody has read for a year, each with what to do; a table's date is the oldest that stands in it. */
export function agedTables(folder: string, today: Date): readonly string[] {
  return readdirSync(folder).flatMap((file) => {
    const [oldest] = [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/As of (\d{4}-\d{2})\b/g)].map((one) => one[1]!).sort();
    return oldest === undefined || months(today) - months(new Date(oldest)) <= MOST ? []
      : [`warning: ${folder}/${file} is of ${oldest}: read the sources that it names again, and write the new month there`];
  });
}
