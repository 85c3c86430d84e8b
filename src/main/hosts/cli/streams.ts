/** Where a command writes: results to `out`, everything else to `err`. */
export interface Streams {
  out: NodeJS.WriteStream;
  err: NodeJS.WriteStream;
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no error, and nobody is left to be told of it. */
export function toleratingClosedPipes({ out, err }: Streams): Streams {
  for (const stream of [out, err]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return { out, err };
}
