/** A question that cannot be asked, in words for whoever wrote it. */
export class BadQuestion extends Error { override name = 'BadQuestion' }
