// What the program uses of Node's own modules that Node 12 does not have. It stands before the built script, which takes its functions at once.
const crypto = require('crypto');
const fs = require('fs');

crypto.randomUUID = () => crypto.randomBytes(16).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
fs.promises.rm = (path) => fs.promises.unlink(path).catch(() => {});
