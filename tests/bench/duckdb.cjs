// duckdb.cjs SQL: runs one statement in DuckDB on the machine's cores and prints the rows. Needs the npm package
// @duckdb/node-api where NODE_PATH finds it.
const { DuckDBInstance } = require('@duckdb/node-api');

(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  if (process.env.THREADS) await connection.run(`set threads to ${process.env.THREADS}`);
  const result = await connection.runAndReadAll(process.argv[2]);
  console.log(result.getRows().length);
})().catch((error) => { console.error(error.message); process.exit(2); });
