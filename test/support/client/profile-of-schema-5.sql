-- A profile that Sayso wrote when its schema was the fifth: an account's decisions, five of them received in one request, one of
-- those erased since, two received by themselves and one still waiting.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('device-id/alpha','84fe06e2-0303-4f11-abf1-15db9417262f');
INSERT INTO meta VALUES('newest-time-ms','1795341600000');
INSERT INTO meta VALUES('opened','1');
INSERT INTO meta VALUES('policy-checked-at/alpha','1795341600000');
INSERT INTO meta VALUES('profile-id','c3c8ff01-9c11-4c43-996c-3ba2819fb326');
INSERT INTO meta VALUES('token-may-remain/alpha','yes');
CREATE TABLE decision (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  received_at_ms INTEGER,
  -- Where its receipt came with those of a whole batch: which one, and its place there.
  receipt_batch INTEGER,
  receipt_index INTEGER,
  -- Canonical JSON of the decision and the salt of its hash; both null once it was erased, and then remains is set:
  -- JSON {purposes, supersedes}.
  body TEXT,
  salt TEXT,
  remains TEXT CHECK ((body IS NULL) = (remains IS NOT NULL)),
  -- The ledger entry; all null for a decision of another client that keeps no chain.
  chain TEXT,
  prev TEXT,
  payload_hash TEXT,
  entry_hash TEXT,
  -- The signature of the device's key; null for the signed-out person, and until the key is unlocked.
  kid TEXT,
  signature TEXT,
  -- Whether it was made in this profile.
  made_here INTEGER NOT NULL CHECK (made_here IN (0, 1))
) STRICT;
INSERT INTO decision VALUES(1,'01a207b0-04e2-7637-b107-d64907844bf8','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',1,1795341600000,1795341600000,1,0,'{"action":"accept-all","at":"2026-11-22T10:00:00.000Z","choices":{"advertising":"granted","analytics":"granted"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-04e2-7637-b107-d64907844bf8","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":1,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{},"surface":"settings","v":1}','7_xRpRAtPmFuE81Kva4rYbGUpd_SBJdis5JTOva8shg',NULL,'TvdWykv6H2o_5J4oEpyfhw','0000000000000000000000000000000000000000000000000000000000000000','6f62c6e1f4c3a5d1e078ed23af5c54083fb9b5c6b80ad3531ac807b50663ffa0','e87b86f19ca2546d046e9951c3d28e1d452aa640655077bf62e3d92699ada0e3','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','9muW0-1ZQJRsW955_2ZILWOT6b1XEnBVGlemcE2adQjtxNtY6RcYmCguNW84Wy-c5EpMFjnUkWoS34CLzMU4BQ',1);
INSERT INTO decision VALUES(2,'01a207b0-04ef-702d-8fe6-529eac000bef','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',2,1795341600000,1795341600000,1,1,NULL,NULL,'{"id":"01a207b0-04ef-702d-8fe6-529eac000bef","purposes":["advertising","analytics"],"supersedes":{"advertising":["01a207b0-04e2-7637-b107-d64907844bf8"],"analytics":["01a207b0-04e2-7637-b107-d64907844bf8"]}}','TvdWykv6H2o_5J4oEpyfhw','e87b86f19ca2546d046e9951c3d28e1d452aa640655077bf62e3d92699ada0e3','f5fa37967cf6c994b544ad2a5adf9b0e67c7087665971ddb1e8984d781d823e6','8ebf5ad9eea0dcc7faec44cba5c80afc7638ccde977f2010ba32afd82996c1ee','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','l6cc08h80MVAFoQ4bov9D4YPBv2kyep3S9XMbyiJrEUVN2FphNNyCkUX9Q3CdrgQ2M2pnxsa10lA0zcs6fiVAg',1);
INSERT INTO decision VALUES(3,'01a207b0-04f4-764f-ab98-3d0ed7e9d4a0','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',3,1795341600000,1795341600000,1,2,'{"action":"accept-all","at":"2026-11-22T10:00:00.000Z","choices":{"advertising":"granted","analytics":"granted"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-04f4-764f-ab98-3d0ed7e9d4a0","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":3,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{"advertising":["01a207b0-04ef-702d-8fe6-529eac000bef"],"analytics":["01a207b0-04ef-702d-8fe6-529eac000bef"]},"surface":"settings","v":1}','7FXXLyqtdR8kudwUCC6mnNZfafXzDTnISqY9ymMbK80',NULL,'TvdWykv6H2o_5J4oEpyfhw','8ebf5ad9eea0dcc7faec44cba5c80afc7638ccde977f2010ba32afd82996c1ee','c1e2fba201a8294a41030b2821eb78bf661f5b285c0134464e958fe9d73bc7e4','38e7505cb2d4528bb536929d17263f3da363d6cfd8fbb9d61a08c843c73d0648','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','dpRTl3j-WFQAF5ZroxKGkRyzfs1uX5nQP8xDSzK1YNfGfPD4VW4ck-XOBHhGJRyGceD-DR6BOgFtDPEEjNNsCw',1);
INSERT INTO decision VALUES(4,'01a207b0-04f6-701b-9741-72d373ef86f2','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',4,1795341600000,1795341600000,1,3,'{"action":"withdraw","at":"2026-11-22T10:00:00.000Z","choices":{"*":"denied"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-04f6-701b-9741-72d373ef86f2","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":4,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{"advertising":["01a207b0-04f4-764f-ab98-3d0ed7e9d4a0"],"analytics":["01a207b0-04f4-764f-ab98-3d0ed7e9d4a0"]},"surface":"settings","v":1}','COS5QQW2FR_jq3Iv8_439tKbjsoxg9Oge1ytKKR9l2k',NULL,'TvdWykv6H2o_5J4oEpyfhw','38e7505cb2d4528bb536929d17263f3da363d6cfd8fbb9d61a08c843c73d0648','6338d68cc8a8d5d9aa383e67fc156a7469a112ca13343b40831a7b513c79572b','10be11a2d0521ea8a4d9306aa809d6112057229b289b0aaa1cea4615f942616f','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','465MUXiE0k25YwUpf2NjOUBzIKbkBsafUZFf073LUAB3rL__utbDMNHbyXRFg3bV7b9S2ge1d-bwkhEh8zJcCg',1);
INSERT INTO decision VALUES(5,'01a207b0-04f7-70ae-8e33-4def3be6d3cb','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',5,1795341600000,1795341600000,1,4,'{"action":"accept-all","at":"2026-11-22T10:00:00.000Z","choices":{"advertising":"granted","analytics":"granted"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-04f7-70ae-8e33-4def3be6d3cb","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":5,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{"advertising":["01a207b0-04f6-701b-9741-72d373ef86f2"],"analytics":["01a207b0-04f6-701b-9741-72d373ef86f2"]},"surface":"settings","v":1}','IQqOe3bQxV2OBs62HAwq5VWC4FuFvz4W7WywBM8K7ME',NULL,'TvdWykv6H2o_5J4oEpyfhw','10be11a2d0521ea8a4d9306aa809d6112057229b289b0aaa1cea4615f942616f','dde3838c509c81cf4a48268c19a8d239de835f44d9507bd3c0627657cf858ed8','12ef6a6520acf511c044462d9030e02c4fa9e7358a247764f5d42fb5db73d2ab','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','vwbS7Etf1FjLyzgiQiS3yZh8ZK5ZZqqbk-gEhsgR0-Q_78OPN0zXsNb98xr4_YvBMmmYUGtMcxXxZ-nbka9qBQ',1);
INSERT INTO decision VALUES(6,'01a207b0-0538-730b-9d48-1a6ce388ab44','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',6,1795341600000,1795341600000,NULL,NULL,'{"action":"withdraw","at":"2026-11-22T10:00:00.000Z","choices":{"*":"denied"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-0538-730b-9d48-1a6ce388ab44","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":6,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{"*":["01a207b0-04f6-701b-9741-72d373ef86f2"],"advertising":["01a207b0-04f7-70ae-8e33-4def3be6d3cb"],"analytics":["01a207b0-04f7-70ae-8e33-4def3be6d3cb"]},"surface":"settings","v":1}','htXSaBlmH56UtP5ADPbPebgoSXWcftO8ybKTHg6BJg4',NULL,'TvdWykv6H2o_5J4oEpyfhw','12ef6a6520acf511c044462d9030e02c4fa9e7358a247764f5d42fb5db73d2ab','7fde34599d81a457df3e8fd75a7e39ac6dacada1940368274f3f6cc9546b3aac','17749256d64caef1db0dda8dd86a10406fadf04e15cdfbd7aeae669349be5d3e','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','f3dlpJssnhOPP5hAkjvb6kYBOoyRwTv8SXVDW87M9qA_DX8-748dgDwcChtnvU_9X00PMG-fF6PHErGM33cRBQ',1);
INSERT INTO decision VALUES(7,'01a207b0-0576-72f5-939b-1ba4780960e2','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',7,1795341600000,1795341600000,NULL,NULL,'{"action":"accept-all","at":"2026-11-22T10:00:00.000Z","choices":{"advertising":"granted","analytics":"granted"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-0576-72f5-939b-1ba4780960e2","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":7,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{"advertising":["01a207b0-0538-730b-9d48-1a6ce388ab44"],"analytics":["01a207b0-0538-730b-9d48-1a6ce388ab44"]},"surface":"settings","v":1}','q05x5lZ-Y9GB0C3NoKAspJLRT89NjIUr8qQmk3WBYx0',NULL,'TvdWykv6H2o_5J4oEpyfhw','17749256d64caef1db0dda8dd86a10406fadf04e15cdfbd7aeae669349be5d3e','69ee713b3652972cff631e21d0b39d01aaf2a04434efc4a08e1da56b1601487e','f1f1ac2cb7aff42f48421ca3ee90f750621a94782c71ed261ad87b4433fc9271','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','B7a-LWVTcNzYWY9x4-RudA7bNksJciPMLbiZa-ZLR8r6DGgHX6NLQKCiHn9ht9OOcIPgx5bbSwEhrH_bjTFIDA',1);
INSERT INTO decision VALUES(8,'01a207b0-05c5-73a1-84a8-f0040cd7e8a5','alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',8,1795341600000,NULL,NULL,NULL,'{"action":"necessary-only","at":"2026-11-22T10:00:00.000Z","choices":{"advertising":"denied","analytics":"denied"},"clockOffsetMs":0,"device":"84fe06e2-0303-4f11-abf1-15db9417262f","id":"01a207b0-05c5-73a1-84a8-f0040cd7e8a5","policy":{"lang":"en","sha256":"b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84","version":"2026-01"},"seq":8,"service":"alpha","subject":"dvubCPQ2AsBO32fgtN6vCQ","supersedes":{"advertising":["01a207b0-0576-72f5-939b-1ba4780960e2"],"analytics":["01a207b0-0576-72f5-939b-1ba4780960e2"]},"surface":"settings","v":1}','60tnWBsvZH10K8LAw0h-bfmDquCl863IjqWuXwl7HVI',NULL,'TvdWykv6H2o_5J4oEpyfhw','f1f1ac2cb7aff42f48421ca3ee90f750621a94782c71ed261ad87b4433fc9271','fa4a80e7818f4af07d9e3a9f1faee3606494e99c8cfd18e556cf2eae1a41091e','257770c3adbc61e0c04591ab3dde5ec203fcac8bf4d7bfe95ed2729d7262e009','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','lzATumN_uj8JM7VWbImAp4g9s6tfFGQxx-X4Ezn4gWFV5OcFbopMceQnFfIzWfWf06aheWuL9ZPAelvScZqICw',1);
CREATE TABLE chain (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  device TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  -- Null until the next entry begins a new chain.
  chain TEXT,
  last_hash TEXT,
  -- The entry up to which the whole chain was checked in the background.
  checked_seq INTEGER NOT NULL DEFAULT 0,
  checked_hash TEXT,
  PRIMARY KEY (service, subject, device)
) STRICT, WITHOUT ROWID;
INSERT INTO chain VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','84fe06e2-0303-4f11-abf1-15db9417262f',8,'TvdWykv6H2o_5J4oEpyfhw','257770c3adbc61e0c04591ab3dde5ec203fcac8bf4d7bfe95ed2729d7262e009',0,NULL);
CREATE TABLE receipt (
  decision_id TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO receipt VALUES('01a207b0-0538-730b-9d48-1a6ce388ab44','alpha','dvubCPQ2AsBO32fgtN6vCQ','{"leaf":{"id":"01a207b0-0538-730b-9d48-1a6ce388ab44","entryHash":"17749256d64caef1db0dda8dd86a10406fadf04e15cdfbd7aeae669349be5d3e","type":"refusal","signed":true},"index":0,"path":[],"jws":"eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoia3hTNVYyRDJBa2l3RjJ5dUVoYldWVDdzUE9MeTMyQk9uMk5ja1FTLTdfdyIsInR5cCI6InNheXNvLXJlY2VpcHQrandzIn0.eyJpc3MiOiJodHRwczovL2FscGhhLmV4YW1wbGUvc2F5c28iLCJyZWNlaXZlZEF0IjoiMjAyNi0xMS0yMlQxMDowMDowMC4wMDBaIiwicm9vdCI6Ijk0ZWFlZGE2MzNiNThlOTliYzllNDRmN2I3MDdiMDBlZGNmNmY3MzI3MzAxZTY4NDc5OTBhZmEzZTk0YThmY2EiLCJzZXJ2aWNlIjoiYWxwaGEiLCJzaXplIjoxLCJ2IjoxfQ.B_bJzMszy9aQcBZFtLG_WWbtSe_Z9e2YF7b537yc0PzZNO8Hj258hmkzDPVFXTnPnaUqPVIyTjHAAlBBNJoSDw"}');
INSERT INTO receipt VALUES('01a207b0-0576-72f5-939b-1ba4780960e2','alpha','dvubCPQ2AsBO32fgtN6vCQ','{"leaf":{"id":"01a207b0-0576-72f5-939b-1ba4780960e2","entryHash":"f1f1ac2cb7aff42f48421ca3ee90f750621a94782c71ed261ad87b4433fc9271","type":"consent","signed":true},"index":0,"path":[],"jws":"eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoia3hTNVYyRDJBa2l3RjJ5dUVoYldWVDdzUE9MeTMyQk9uMk5ja1FTLTdfdyIsInR5cCI6InNheXNvLXJlY2VpcHQrandzIn0.eyJpc3MiOiJodHRwczovL2FscGhhLmV4YW1wbGUvc2F5c28iLCJyZWNlaXZlZEF0IjoiMjAyNi0xMS0yMlQxMDowMDowMC4wMDBaIiwicm9vdCI6IjdmZmQ3NDdjMTNhNzljZjViMDc1ODM3NWM4Y2E5NTEwMDU2OTc4YmU5MjE3MzJiNTZhYzhhOTMxYzIxOTY2ZDAiLCJzZXJ2aWNlIjoiYWxwaGEiLCJzaXplIjoxLCJ2IjoxfQ.ng4l8Qxa1qFjiXZr6mxjBaSAneXKT3M6aBh49O9jwfA4gotk4EvNRbDRpCl6nnpD72ln_oAe-8-mzRPCXpoaBA"}');
CREATE TABLE receipt_batch (
  row INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
INSERT INTO receipt_batch VALUES(1,'alpha','dvubCPQ2AsBO32fgtN6vCQ','{"jws":"eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoia3hTNVYyRDJBa2l3RjJ5dUVoYldWVDdzUE9MeTMyQk9uMk5ja1FTLTdfdyIsInR5cCI6InNheXNvLXJlY2VpcHQrandzIn0.eyJpc3MiOiJodHRwczovL2FscGhhLmV4YW1wbGUvc2F5c28iLCJyZWNlaXZlZEF0IjoiMjAyNi0xMS0yMlQxMDowMDowMC4wMDBaIiwicm9vdCI6IjJlYzIxYjhmM2ZiOWEyZGNjNjNmODI2MDFjMTgxMzU5MTM3MWE3MzM1M2VhMzRjNzg4YTNjY2I3MmVmNzJhNGEiLCJzZXJ2aWNlIjoiYWxwaGEiLCJzaXplIjo1LCJ2IjoxfQ.Dc6JpEEdcioTXwNLR-6N-8kvHDjD7W2Tbix8KWolerelOGi5uWF0X2Eye0yIZDgGjzqODeG0emMQQ4WZ4vkmCQ","leaves":[{"id":"01a207b0-04e2-7637-b107-d64907844bf8","entryHash":"e87b86f19ca2546d046e9951c3d28e1d452aa640655077bf62e3d92699ada0e3","type":"consent","signed":true},{"id":"01a207b0-04ef-702d-8fe6-529eac000bef","entryHash":"8ebf5ad9eea0dcc7faec44cba5c80afc7638ccde977f2010ba32afd82996c1ee","type":"refusal","signed":true},{"id":"01a207b0-04f4-764f-ab98-3d0ed7e9d4a0","entryHash":"38e7505cb2d4528bb536929d17263f3da363d6cfd8fbb9d61a08c843c73d0648","type":"consent","signed":true},{"id":"01a207b0-04f6-701b-9741-72d373ef86f2","entryHash":"10be11a2d0521ea8a4d9306aa809d6112057229b289b0aaa1cea4615f942616f","type":"refusal","signed":true},{"id":"01a207b0-04f7-70ae-8e33-4def3be6d3cb","entryHash":"12ef6a6520acf511c044462d9030e02c4fa9e7358a247764f5d42fb5db73d2ab","type":"consent","signed":true}]}');
CREATE TABLE public_key (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  kid TEXT NOT NULL,
  device TEXT NOT NULL,
  jwk TEXT NOT NULL,
  PRIMARY KEY (service, subject, device, kid)
) STRICT, WITHOUT ROWID;
INSERT INTO public_key VALUES('alpha','','kxS5V2D2AkiwF2yuEhbWVT7sPOLy32BOn2NckQS-7_w','','{"kty":"OKP","crv":"Ed25519","x":"5fNZpXN1gzRfaYqEr37eRxORsWTCGpe5Oq8jQip3-2g","kid":"kxS5V2D2AkiwF2yuEhbWVT7sPOLy32BOn2NckQS-7_w"}');
INSERT INTO public_key VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I','84fe06e2-0303-4f11-abf1-15db9417262f','{"kty":"OKP","crv":"Ed25519","x":"WFbVK7LdQEfKD7osx-99vnC44eoWNm2Ke3nK8SRKzkQ","kid":"kSsmM7QKjtsbZRQxyv9SDMYBxJymvA_DFQTLg72WR_I","device":"84fe06e2-0303-4f11-abf1-15db9417262f"}');
CREATE TABLE head (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('granted', 'denied', 'erased')),
  -- The place of a decision made in this profile in the order of decisions; null for one fetched from the server.
  made_here_row INTEGER,
  at_ms INTEGER NOT NULL,
  -- The trusted time of the press; lowered when a server proves that it cannot have been so late.
  pressed_at_ms INTEGER NOT NULL,
  received_at_ms INTEGER,
  policy_version TEXT NOT NULL,
  rests INTEGER NOT NULL DEFAULT 0 CHECK (rests IN (0, 1)),
  PRIMARY KEY (service, subject, purpose, decision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO head VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','*','01a207b0-0538-730b-9d48-1a6ce388ab44','denied',6,1795341600000,1795341600000,1795341600000,'2026-01',0);
INSERT INTO head VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-05c5-73a1-84a8-f0040cd7e8a5','denied',8,1795341600000,1795341600000,NULL,'2026-01',0);
INSERT INTO head VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-05c5-73a1-84a8-f0040cd7e8a5','denied',8,1795341600000,1795341600000,NULL,'2026-01',0);
CREATE TABLE superseded (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  PRIMARY KEY (service, subject, purpose, decision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','*','01a207b0-04f6-701b-9741-72d373ef86f2');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-04e2-7637-b107-d64907844bf8');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-04ef-702d-8fe6-529eac000bef');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-04f4-764f-ab98-3d0ed7e9d4a0');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-04f6-701b-9741-72d373ef86f2');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-04f7-70ae-8e33-4def3be6d3cb');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-0538-730b-9d48-1a6ce388ab44');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','advertising','01a207b0-0576-72f5-939b-1ba4780960e2');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-04e2-7637-b107-d64907844bf8');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-04ef-702d-8fe6-529eac000bef');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-04f4-764f-ab98-3d0ed7e9d4a0');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-04f6-701b-9741-72d373ef86f2');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-04f7-70ae-8e33-4def3be6d3cb');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-0538-730b-9d48-1a6ce388ab44');
INSERT INTO superseded VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','analytics','01a207b0-0576-72f5-939b-1ba4780960e2');
CREATE TABLE outbox (
  row INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'refused')),
  problem TEXT,
  -- Whether it is to be sent: what waits, and what was refused by a server that has lost its place since.
  unsent INTEGER NOT NULL DEFAULT 1 CHECK (unsent IN (0, 1)),
  -- Whether the server has a header in its place, sent without a session; the words are still to come.
  held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))
) STRICT;
INSERT INTO outbox VALUES(2,'01a207b0-04ef-702d-8fe6-529eac000bef','alpha','dvubCPQ2AsBO32fgtN6vCQ','waiting',NULL,1,0);
INSERT INTO outbox VALUES(8,'01a207b0-05c5-73a1-84a8-f0040cd7e8a5','alpha','dvubCPQ2AsBO32fgtN6vCQ','waiting',NULL,1,0);
CREATE TABLE parting (
  row INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  base_address TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE acknowledgement (
  service TEXT PRIMARY KEY,
  policy_version TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  service TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  base_address TEXT NOT NULL,
  handle TEXT NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  remembered INTEGER NOT NULL CHECK (remembered IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('active', 'expired', 'signing-out')),
  pulled INTEGER NOT NULL DEFAULT 0 CHECK (pulled IN (0, 1)),
  pull_cursor TEXT NOT NULL DEFAULT '',
  -- The newest decision of this profile that the server has shown in a pull: what it took is there to be fetched.
  seen_row INTEGER NOT NULL DEFAULT 0,
  device_choices TEXT NOT NULL DEFAULT 'unasked'
    CHECK (device_choices IN ('unasked', 'taken-over', 'kept-apart')),
  began_row INTEGER NOT NULL
, arrival TEXT NOT NULL DEFAULT 'told'
  CHECK (arrival IN ('awaited', 'due', 'told'))) STRICT, WITHOUT ROWID;
INSERT INTO session VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ','1BI382df7T-xML_GAJkh2Q','http://127.0.0.1:37375/alpha','eVBajbAJXHxpgmNtIN-ds4PiFUDxVUx9VEtvlVlsN5M',1797933600000,1,'active',1,'-1ppz9Axjh4AAAAAAAAHBzpj5uHa',7,'unasked',0,'told');
CREATE TABLE revoke_handle (
  handle TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  base_address TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('trying', 'held', 'to-send'))
) STRICT, WITHOUT ROWID;
INSERT INTO revoke_handle VALUES('eVBajbAJXHxpgmNtIN-ds4PiFUDxVUx9VEtvlVlsN5M','alpha','http://127.0.0.1:37375/alpha',1795341600000,'held');
CREATE TABLE policy_text (
  service TEXT NOT NULL,
  version TEXT NOT NULL,
  lang TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  effective_at_ms INTEGER NOT NULL,
  -- The version before it; null where this is the first.
  previous TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (service, version, lang, sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO policy_text VALUES('alpha','2026-01','de','f5cedd96fb1437d37dda468c798d079a1985b7dd7b13d93c9e30d4649a7c6e0b',1767225600000,NULL,'{"text":{"version":"2026-01","lang":"de","dated":"2026-01-01","effectiveAt":"2026-01-01T00:00:00Z","changes":[],"label":{"publisher":"Nobody","summary":"Version 2026-01 in de.","purposes":[{"id":"necessary","kind":"necessary","name":"necessary","what":"What necessary does.","why":"Why necessary is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"analytics","kind":"optional","name":"analytics","what":"What analytics does.","why":"Why analytics is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"advertising","kind":"optional","name":"advertising","what":"What advertising does.","why":"Why advertising is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}}],"items":[],"thirdParties":[],"notDone":[],"howToWithdraw":"Turn it off.","contacts":[{"about":"All","email":null,"text":"Ask."}]},"sections":[{"id":"only","heading":"Only part","blocks":[{"kind":"paragraph","text":"Grüße — “ok” 🙂"}]}]}}');
INSERT INTO policy_text VALUES('alpha','2026-01','en','b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84',1767225600000,NULL,'{"text":{"version":"2026-01","lang":"en","dated":"2026-01-01","effectiveAt":"2026-01-01T00:00:00Z","changes":[],"label":{"publisher":"Nobody","summary":"Version 2026-01 in en.","purposes":[{"id":"necessary","kind":"necessary","name":"necessary","what":"What necessary does.","why":"Why necessary is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"analytics","kind":"optional","name":"analytics","what":"What analytics does.","why":"Why analytics is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"advertising","kind":"optional","name":"advertising","what":"What advertising does.","why":"Why advertising is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}}],"items":[],"thirdParties":[],"notDone":[],"howToWithdraw":"Turn it off.","contacts":[{"about":"All","email":null,"text":"Ask."}]},"sections":[{"id":"only","heading":"Only part","blocks":[{"kind":"paragraph","text":"Grüße — “ok” 🙂"}]}]}}');
INSERT INTO policy_text VALUES('alpha','2027-01','en','4c4d7367502fc5d297584a98ad31b3b583ce2484e0cff73cabb695b8e31a0e0b',1798761600000,'2026-01','{"changes":[],"effectiveAt":"2027-01-01T00:00:00Z","of":"8f2d5cec82a18350e61c899a32786d941d29cf8cece90f9841517acae7ac66fa","previous":"2026-01"}');
INSERT INTO policy_text VALUES('alpha','2027-01','en','8f2d5cec82a18350e61c899a32786d941d29cf8cece90f9841517acae7ac66fa',1798761600000,NULL,'{"text":{"version":"2027-01","lang":"en","dated":"2027-01-01","effectiveAt":"2027-01-01T00:00:00Z","changes":[],"label":{"publisher":"Nobody","summary":"Version 2027-01 in en.","purposes":[{"id":"necessary","kind":"necessary","name":"necessary","what":"What necessary does.","why":"Why necessary is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"analytics","kind":"optional","name":"analytics","what":"What analytics does.","why":"Why analytics is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"advertising","kind":"optional","name":"advertising","what":"What advertising does.","why":"Why advertising is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}}],"items":[],"thirdParties":[],"notDone":[],"howToWithdraw":"Turn it off.","contacts":[{"about":"All","email":null,"text":"Ask."}]},"sections":[{"id":"only","heading":"Only part","blocks":[{"kind":"paragraph","text":"Grüße — “ok” 🙂"}]}]}}');
INSERT INTO policy_text VALUES('beta','2026-01','de','f5cedd96fb1437d37dda468c798d079a1985b7dd7b13d93c9e30d4649a7c6e0b',1767225600000,NULL,'{"text":{"version":"2026-01","lang":"de","dated":"2026-01-01","effectiveAt":"2026-01-01T00:00:00Z","changes":[],"label":{"publisher":"Nobody","summary":"Version 2026-01 in de.","purposes":[{"id":"necessary","kind":"necessary","name":"necessary","what":"What necessary does.","why":"Why necessary is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"analytics","kind":"optional","name":"analytics","what":"What analytics does.","why":"Why analytics is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"advertising","kind":"optional","name":"advertising","what":"What advertising does.","why":"Why advertising is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}}],"items":[],"thirdParties":[],"notDone":[],"howToWithdraw":"Turn it off.","contacts":[{"about":"All","email":null,"text":"Ask."}]},"sections":[{"id":"only","heading":"Only part","blocks":[{"kind":"paragraph","text":"Grüße — “ok” 🙂"}]}]}}');
INSERT INTO policy_text VALUES('beta','2026-01','en','b3da9ef65f135365759cd1c2b340a0a2b8d2ae638f90e9ff8d8b18ce10a23d84',1767225600000,NULL,'{"text":{"version":"2026-01","lang":"en","dated":"2026-01-01","effectiveAt":"2026-01-01T00:00:00Z","changes":[],"label":{"publisher":"Nobody","summary":"Version 2026-01 in en.","purposes":[{"id":"necessary","kind":"necessary","name":"necessary","what":"What necessary does.","why":"Why necessary is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"analytics","kind":"optional","name":"analytics","what":"What analytics does.","why":"Why analytics is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"advertising","kind":"optional","name":"advertising","what":"What advertising does.","why":"Why advertising is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}}],"items":[],"thirdParties":[],"notDone":[],"howToWithdraw":"Turn it off.","contacts":[{"about":"All","email":null,"text":"Ask."}]},"sections":[{"id":"only","heading":"Only part","blocks":[{"kind":"paragraph","text":"Grüße — “ok” 🙂"}]}]}}');
INSERT INTO policy_text VALUES('beta','2027-01','en','8f2d5cec82a18350e61c899a32786d941d29cf8cece90f9841517acae7ac66fa',1798761600000,NULL,'{"text":{"version":"2027-01","lang":"en","dated":"2027-01-01","effectiveAt":"2027-01-01T00:00:00Z","changes":[],"label":{"publisher":"Nobody","summary":"Version 2027-01 in en.","purposes":[{"id":"necessary","kind":"necessary","name":"necessary","what":"What necessary does.","why":"Why necessary is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"analytics","kind":"optional","name":"analytics","what":"What analytics does.","why":"Why analytics is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}},{"id":"advertising","kind":"optional","name":"advertising","what":"What advertising does.","why":"Why advertising is wanted.","data":[],"recipients":[],"retention":{"text":"Not kept.","longestDays":0}}],"items":[],"thirdParties":[],"notDone":[],"howToWithdraw":"Turn it off.","contacts":[{"about":"All","email":null,"text":"Ask."}]},"sections":[{"id":"only","heading":"Only part","blocks":[{"kind":"paragraph","text":"Grüße — “ok” 🙂"}]}]}}');
CREATE TABLE seal (
  service TEXT PRIMARY KEY,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO seal VALUES('','31 7d0608c4dcf8f21087218d217b592b75f456ad9055ee09156b06f0e7619dc61f');
INSERT INTO seal VALUES('alpha','eee644f98a49986dc586dcc2de93dbfb6a7864ba0e04413aafabc92c29c8d23d');
CREATE TABLE tool_data (
  service TEXT NOT NULL,
  tool TEXT NOT NULL,
  -- Whose choice it was collected under; '' for nobody. It never goes over to another.
  subject TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (service, tool, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE tool_batch (
  batch TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  tool TEXT NOT NULL,
  base_address TEXT NOT NULL,
  sent_at_ms INTEGER NOT NULL,
  -- The consent is gone, and the service is still to be asked to forget it.
  forget INTEGER NOT NULL DEFAULT 0 CHECK (forget IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE gate_count (
  service TEXT NOT NULL,
  tool TEXT NOT NULL,
  host TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (service, tool, host, kind, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE vault (
  service TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO vault VALUES('alpha','dvubCPQ2AsBO32fgtN6vCQ',X'0189557539a00394c4d9080f29b3488cbc5a203749ea0cd7392762a9dacc5ffdecdf550c26034994549f91aeb772050b8644dc0dc2462321f57640ab262af1b8df19a675f70ba137c2406325e8c7a048cdf4c5ba814ed4d979c7cf5814d5f07b978c200abb300b2b0aa583dbc62b');
CREATE TABLE imported (
  row INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  -- Who took it in: an account's opaque id, or '' for nobody.
  subject TEXT NOT NULL,
  id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- The entry with its evidence, JSON.
  body TEXT NOT NULL,
  UNIQUE (service, subject, id)
) STRICT;
CREATE TABLE imported_text (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- Label card and sections, JSON.
  body TEXT NOT NULL,
  PRIMARY KEY (service, subject, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_subject ON decision (service, subject, row);
CREATE INDEX decision_by_chain ON decision (chain, seq);
CREATE INDEX head_by_decision ON head (decision_id);
CREATE INDEX outbox_by_subject ON outbox (service, subject, state, row);
CREATE INDEX outbox_unsent ON outbox (service, subject, row) WHERE unsent = 1;
CREATE INDEX parting_by_service ON parting (service, row);
CREATE INDEX tool_batch_by_tool ON tool_batch (service, tool, forget, sent_at_ms);
COMMIT;
