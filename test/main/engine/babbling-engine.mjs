/** Stands for an engine that has gone mad: what it says is no message of an engine's. */
process.send({ type: 'babble' });
setInterval(() => {}, 1000);
