/** Why a request is turned away, with the status that says so. */
export class Refused extends Error {
  constructor(readonly status: 400 | 403 | 404 | 405 | 413 | 421, message: string) {
    super(message);
  }
}
