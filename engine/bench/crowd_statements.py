"""The statements that fill a crowded office inside the server.

Every fact of a matter follows from its number ``n`` by a hash, so the same numbers give the same
office. ``crowd_desk`` and ``crowd_procedure`` are filled by ``engine.bench.crowd_desks``.
"""

from __future__ import annotations

from typing import Final

SCRATCH: Final = (
    """
    CREATE FUNCTION pg_temp.pick(number bigint, salt integer, size integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    'SELECT ((hashint8extended(number, salt) & 9223372036854775807) % size)::integer'
    """,
    """
    CREATE TEMPORARY TABLE crowd_desk (
        office integer, step integer, unit text, division text, element text, name text,
        role text, people text[], own_pools text[], pools text[], candidates text,
        PRIMARY KEY (office, step))
    """,
    """
    CREATE TEMPORARY TABLE crowd_procedure (
        place integer PRIMARY KEY, process_id text, binding text, document text)
    """,
    """
    CREATE TEMPORARY TABLE crowd_matter (
        n bigint, key bigint, office integer, unit text, division text, process_id text,
        binding text, document text, initiator text, title text, number text,
        began timestamptz, step integer)
    """,
    """
    CREATE TEMPORARY TABLE crowd_open (
        root_key bigint, key bigint, process_id text, unit text, division text, initiator text,
        title text, number text, began timestamptz, element text, name text, candidates text,
        login text, pools text[], due timestamptz, returned boolean)
    """,
)
DESK: Final = """
    INSERT INTO crowd_desk VALUES (:office, :step, :unit, :division, :element, :name, :role,
        :people, :own_pools, :pools, :candidates)
"""
PROCEDURE: Final = """
    INSERT INTO crowd_procedure VALUES (:place, :process_id, :binding, :document)
"""
#: Matters ``first`` to ``last``; three in ten are at their first step, one at its last.
MATTERS: Final = """
    INSERT INTO crowd_matter
    SELECT n, CAST(:base AS bigint) + n * 8, office, desk.unit, desk.division, process_id,
        binding, document, desk.people[1 + pg_temp.pick(n, 3, 2)],
        '2026年' || (CAST(:goods AS text[]))[1 + pg_temp.pick(n, 4, :kinds)]
            || '采购项目（第' || n % 97 + 1 || '批）',
        'BA-' || desk.division || '-2026-' || lpad(n::text, 8, '0'),
        CAST(:since AS timestamptz) + (n - :first) * CAST(:pace AS interval),
        ('{0,0,0,1,1,1,2,2,2,3}'::integer[])[1 + pg_temp.pick(n, 5, 10)]
    FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n
    JOIN crowd_desk AS desk ON desk.office = pg_temp.pick(n, 1, :offices) AND desk.step = 0
    JOIN crowd_procedure AS chosen ON chosen.place = pg_temp.pick(n, 2, :procedures)
"""
INSTANCES: Final = """
    INSERT INTO process_instance (key, root_key, process_id, binding, version, region, state,
        revision, unit, division, initiator, title, number, summary, submitted, started_at,
        ended_at, document)
    SELECT key, key, process_id, binding, 1, '', CAST(:state AS text), 3, unit, division,
        initiator, title, number,
        '[["金额（元）","' || to_char(pg_temp.pick(n, 6, 9000000), 'FM9,999,999')
            || '"],["采购方式","竞争性磋商"]]',
        true, began,
        CASE WHEN CAST(:state AS text) = 'completed' THEN began + interval '2 days' END, document
    FROM crowd_matter
"""
FINISHED: Final = (
    """
    INSERT INTO work_item (key, instance_key, root_key, process_id, root_process_id, element_id,
        token_id, name, state, assignee, priority, created_at, sender, ended_at, ended_by,
        ended_role, outcome, candidates)
    SELECT key + 1 + place, key, key, process_id, process_id, element, element, name,
        'completed', login, 50, at, initiator, at, login, role, 'complete', '[]'
    FROM (
        SELECT matter.*, desk.step AS place, element, name, role,
            people[1 + pg_temp.pick(n, 10 + desk.step, cardinality(people))] AS login,
            began + (desk.step + 1) * interval '9 hours' AS at
        FROM crowd_matter AS matter JOIN crowd_desk AS desk USING (office)
    ) AS item
    WHERE (n - :origin) * :steps + place < :wanted
    ORDER BY key, place
    """,
)
OPEN: Final = (
    """
    INSERT INTO crowd_open
    SELECT matter.key, matter.key + 1, process_id, matter.unit, matter.division, initiator,
        title, number, began, element, name, candidates,
        CASE WHEN held THEN people[seat] END,
        CASE WHEN held THEN own_pools[seat:seat] ELSE pools END,
        CASE WHEN pg_temp.pick(n, 22, 10) >= 3 THEN CAST(:now AS timestamptz)
            + (pg_temp.pick(n, 23, 30 * 86400) - 5 * 86400) * interval '1 second' END,
        pg_temp.pick(n, 24, 20) = 0
    FROM crowd_matter AS matter JOIN crowd_desk AS desk USING (office, step)
    CROSS JOIN LATERAL (
        SELECT step = 0 OR (step <> 3 AND pg_temp.pick(n, 20, 10) < 3) AS held,
            1 + pg_temp.pick(n, 21, cardinality(people)) AS seat
    ) AS taken
    ORDER BY matter.key
    """,
    """
    INSERT INTO work_item (key, instance_key, root_key, process_id, root_process_id, element_id,
        token_id, name, state, assignee, priority, due_at, created_at, sender, returned_from,
        candidates)
    SELECT key, root_key, root_key, process_id, process_id, element, element, name,
        CASE WHEN login IS NULL THEN 'offered' ELSE 'claimed' END, login, 50, due, began,
        initiator, CASE WHEN returned THEN 1 END, candidates
    FROM crowd_open
    """,
    """
    INSERT INTO worklist_entry (pool, work_item_key, root_key, process_id, element_id, unit,
        division, initiator, due_order, returned, headline, step)
    SELECT pool, key, root_key, process_id, element, unit, division, initiator,
        coalesce(due, CAST(:never AS timestamptz)), returned,
        lower(title || E'\\n' || number), lower(name)
    FROM crowd_open CROSS JOIN unnest(pools) AS pool
    """,
    # everybody has opened a third of what he has himself
    """
    INSERT INTO work_item_seen (login, work_item_key, seen_at)
    SELECT login, key, began FROM crowd_open
    WHERE login IS NOT NULL AND pg_temp.pick(key, 25, 3) = 0
    """,
    "TRUNCATE crowd_open",
)
FORGET: Final = "TRUNCATE crowd_matter"
