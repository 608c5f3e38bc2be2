// What `tidemark help` prints.

export const HELP = `tidemark: offline investigation of Azure virtual network flow logs

  tidemark open [CASE]           the app in a window; without one of its own, in a browser's. So does tidemark alone
  tidemark serve [CASE]          the app on 127.0.0.1 for a browser of this machine; prints an address that opens it once
      --port N                   default: any free one
      --no-open                  shows no browser
  tidemark ingest CASE PATH…     add evidence: folders, .json, .json.gz, .zip, .tar, .tar.gz; creates CASE if it is not there
      --no-embed                 keep hashes and places, not the evidence itself
      --jobs N                   threads that read (default: the processors, at most 4)
      --undo SOURCE              take a source back
  tidemark info CASE             what the case holds
  tidemark query CASE --by WHAT  tuples, flows, conversations, edges, endpoints, nics, ports, rules, encryption,
                                 countries, asns, timeline, coverage, members, rejects, or groups with --group FIELD,FIELD
      --sql 'SELECT …'           instead of --by: SQL that reads, over the same answers as tables (docs/sql.md)
      --filter EXPR              ip src dst port sport dport proto service dir state decision enc nic acl rule flowlog
                                 country srccountry dstcountry asn tag status bytes packets
                                 == != < <= > >= in { , } contains matches, and or not ( ), such as
                                 'src == 10.0.0.0/8 and dport in {22, 3389, 5900-5999} and not decision == deny'
      --from T --to T            ISO 8601 with a zone, or milliseconds since 1970; from ≤ time < to
      --time inside|overlapping|starting
                                 tuples in that range, or whole flows that overlap it or start in it
      --limit N                  rows (default 100; 0 = all)
      --sort FIELD[:asc|:desc]
      --once, --adjusted         a flow once however many logged it; counters with roll-overs undone
      --bin 1m|5m|1h|1d          of the timeline; also 1s 10s 2m 10m 30m 6h
      --spread                   of the timeline: counters over the interval since their flow's tuple before
      --format table|json|ndjson|csv
  tidemark verify CASE           re-hash the evidence, check structure and derived data; --rebuild derives anew
  tidemark recover CASE -o NEW   what is whole of a damaged case into a new one; lists what is lost
  tidemark export CASE --format evidence -o DIR
                                 the original records, tuples, scope and a manifest, into a new folder
      --filter, --from, --to     what of it, as for query
  tidemark demo DIR              write the sample incident: logs, archive, case, truth and story
  tidemark start                 what npm start runs: the app, open on the sample incident
  tidemark help

--json prints one JSON document on standard output; progress and messages go to standard error.
Exit codes: 0 done · 1 done, but something was refused, damaged or does not verify · 2 wrong use ·
3 the case or all of the evidence cannot be opened · 130 cancelled with Ctrl-C, the case consistent
`;
