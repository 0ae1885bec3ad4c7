/** A table that is asked by names as policies write them, so that those of what every object has (`constructor`) stand for nothing. */
export const byName = <T>(table: Readonly<Record<string, T>>): Readonly<Record<string, T>> => Object.assign(Object.create(null) as Record<string, T>, table);
