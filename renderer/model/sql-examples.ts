// Statements that are a beginning: those of docs/sql.md, which is held to them.

export type SqlExample = { readonly title: string; readonly sql: string };

export const sqlExamples: readonly SqlExample[] = [
  {
    title: "Who was tried on the most ports and denied",
    sql: `SELECT dstIp, count(DISTINCT dstPort) AS ports, sum(tuples) AS tries
FROM conversations('decision == deny') GROUP BY dstIp ORDER BY ports DESC LIMIT 10;`,
  },
  {
    title: "Addresses that were reached on a port nobody else was",
    sql: `SELECT dstPort, min(dstIp) AS host, sum(tuples) AS tuples FROM conversations
GROUP BY dstPort HAVING count(DISTINCT dstIp) = 1 ORDER BY tuples LIMIT 20;`,
  },
  {
    title: "Pairs that begin at an even beat",
    sql: `WITH begins AS MATERIALIZED (
  SELECT srcIp, dstIp, time - lag(time) OVER (PARTITION BY srcIp, dstIp ORDER BY time) AS pause
  FROM tuples('state == B and dst == public'))
SELECT srcIp, dstIp, count(*) AS pauses, round(avg(pause) / 1000, 1) AS seconds,
  round(sqrt(max(0, avg(pause * pause) - avg(pause) * avg(pause))) / 1000, 1) AS spread
FROM begins WHERE pause > 0 GROUP BY srcIp, dstIp HAVING pauses >= 20 ORDER BY spread / seconds LIMIT 20;`,
  },
  {
    title: "Most bytes sent to public addresses",
    sql: `SELECT srcIp, dstIp, dstPort, sum(bytesSent) AS sent, sum(bytesReceived) AS received
FROM conversations('src == private and dst == public')
GROUP BY srcIp, dstIp, dstPort ORDER BY sent DESC LIMIT 20;`,
  },
  {
    title: "Denied at first, allowed later",
    sql: `SELECT srcIp, dstIp, dstPort,
  datetime(min(firstTime) FILTER (WHERE decision = 'deny') / 1000, 'unixepoch') AS denied,
  datetime(min(firstTime) FILTER (WHERE decision = 'allow') / 1000, 'unixepoch') AS allowed
FROM conversations GROUP BY srcIp, dstIp, dstPort HAVING denied < allowed ORDER BY allowed;`,
  },
  {
    title: "Bytes to each country by day",
    sql: `WITH known AS MATERIALIZED (SELECT ip, country FROM endpoints)
SELECT date(time / 1000, 'unixepoch') AS day, country, sum(bytesSent) AS sent
FROM tuples('src == private and dst == public') JOIN known ON ip = dstIp
GROUP BY day, country ORDER BY day, sent DESC;`,
  },
  {
    title: "Hours in which a NIC was not logged",
    sql: `SELECT nic, datetime("from" / 1000, 'unixepoch') AS "from", datetime("to" / 1000, 'unixepoch') AS "to", hours
FROM coverage WHERE state = 'gap' ORDER BY hours DESC;`,
  },
  {
    title: "What could not be read, and how often",
    sql: `SELECT reason, count(*) AS rejects, count(DISTINCT member) AS members
FROM rejects GROUP BY reason ORDER BY rejects DESC;`,
  },
];
