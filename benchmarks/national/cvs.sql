-- The seven coefficients of variation of every county, year and stage and nothing else, as a
-- practised writer of DuckDB SQL gets them out of the wide files: one scan, campuses added to their
-- parents through a small hash join, one grouping, floating point, CV² = ΣP Σ(x²/P) / (Σx)² − 1.
--
-- The variables files, excluded, fewest (pupils from which a teaching point counts), junior and
-- senior (weight of a pupil) are set before.
CREATE TEMP MACRO whole(x) AS CASE WHEN count(x) = count(*) THEN sum(x) END;

CREATE TEMP MACRO cv(x, p, lost) AS CASE
    WHEN count(x) = count(p) AND sum(lost::INTEGER) = 0 AND sum(x) > 0
    THEN sqrt(greatest(sum(p) * sum(x * x / p) / (sum(x) * sum(x)) - 1, 0)) END;

CREATE TEMP VIEW filed AS
SELECT year, county, school_code, school_type, counts_as_school IS DISTINCT FROM false AS counted,
       parent_school_code, filed, attached_primary_enrolment AS attached,
       CASE school_type WHEN 'junior' THEN attached ELSE enrolment_primary END::DOUBLE AS p1, enrolment_junior::DOUBLE AS p2, enrolment_senior::DOUBLE AS p3,
       (teachers_associate_primary + teachers_bachelor_primary
           + teachers_master_primary + teachers_doctorate_primary)::DOUBLE AS a1,
       (teachers_bachelor_junior + teachers_master_junior + teachers_doctorate_junior)::DOUBLE AS a2,
       key_teachers_county_plus_primary::DOUBLE AS b1, key_teachers_county_plus_junior::DOUBLE AS b2,
       (teachers_pe_primary + teachers_music_primary
           + teachers_fine_arts_primary + teachers_arts_primary)::DOUBLE AS c1,
       (teachers_pe_junior + teachers_music_junior
           + teachers_fine_arts_junior + teachers_arts_junior)::DOUBLE AS c2,
       (teaching_auxiliary_area_m2 - indoor_sports_room_area_m2)::DOUBLE AS d,
       (gymnasium_area_m2 + sports_ground_area_m2)::DOUBLE AS e,
       equipment_value_yuan::DOUBLE AS f,
       multimedia_classrooms::DOUBLE AS g
FROM read_parquet(getvariable('files'));

CREATE TEMP TABLE campus AS
SELECT year, parent_school_code AS school_code,
       whole(p1) AS p1, whole(p2) AS p2, whole(p3) AS p3, whole(a1) AS a1, whole(a2) AS a2,
       whole(b1) AS b1, whole(b2) AS b2, whole(c1) AS c1, whole(c2) AS c2,
       whole(d) AS d, whole(e) AS e, whole(f) AS f, whole(g) AS g
FROM filed WHERE NOT counted GROUP BY ALL;

CREATE TEMP MACRO added(has, own, more) AS CASE WHEN has IS NULL THEN own ELSE own + more END;

CREATE TEMP VIEW school AS
SELECT h.year, h.county, h.school_type,
       h.school_type IN ('primary', 'teaching_point', 'nine_year', 'twelve_year')
           OR h.school_type = 'junior' AND h.filed AND h.attached IS DISTINCT FROM 0 AS has1,
       h.school_type IN ('junior', 'nine_year', 'complete', 'twelve_year') AS has2,
       h.school_type IN ('complete', 'twelve_year', 'senior') AS has3,
       CASE WHEN has1 THEN added(k.year, h.p1, k.p1) ELSE 0 END AS p1,
       CASE WHEN has2 THEN added(k.year, h.p2, k.p2) ELSE 0 END AS p2,
       CASE WHEN has3 THEN added(k.year, h.p3, k.p3) ELSE 0 END AS p3,
       added(k.year, h.a1, k.a1) AS a1, added(k.year, h.a2, k.a2) AS a2,
       added(k.year, h.b1, k.b1) AS b1, added(k.year, h.b2, k.b2) AS b2,
       added(k.year, h.c1, k.c1) AS c1, added(k.year, h.c2, k.c2) AS c2,
       added(k.year, h.d, k.d) AS d, added(k.year, h.e, k.e) AS e,
       added(k.year, h.f, k.f) AS f, added(k.year, h.g, k.g) AS g
FROM filed h LEFT JOIN campus k ON h.year = k.year AND h.school_code = k.school_code
WHERE h.counted AND h.school_type NOT IN (SELECT unnest(getvariable('excluded')));

CREATE TEMP VIEW part AS
SELECT year, county, a1, a2, b1, b2, c1, c2,
       (p1 + p2 + p3) IS NULL AS lost,
       lost AND has1 AS lost1,
       lost AND has2 AS lost2,
       CASE WHEN NOT lost AND p1 > 0 THEN p1 END AS n1,
       CASE WHEN NOT lost AND p2 > 0 THEN p2 END AS n2,
       n1 / (p1 + getvariable('junior') * p2 + getvariable('senior') * p3) AS s1,
       getvariable('junior') * n2 / (p1 + getvariable('junior') * p2 + getvariable('senior') * p3) AS s2,
       d * s1 AS d1, d * s2 AS d2, e * s1 AS e1, e * s2 AS e2,
       f * s1 AS f1, f * s2 AS f2, g * s1 AS g1, g * s2 AS g2
FROM school
WHERE (has1 OR has2) AND NOT coalesce(p1 + p2 = 0, false)
  AND NOT coalesce(school_type = 'teaching_point' AND p1 < getvariable('fewest'), false);

CREATE TEMP TABLE spread AS
SELECT year, county,
       count(n1) + sum(lost1::INTEGER) > 0 AS some1, count(n2) + sum(lost2::INTEGER) > 0 AS some2,
       cv(a1, n1, lost1) AS a1, cv(b1, n1, lost1) AS b1, cv(c1, n1, lost1) AS c1,
       cv(d1, n1, lost1) AS d1, cv(e1, n1, lost1) AS e1, cv(f1, n1, lost1) AS f1, cv(g1, n1, lost1) AS g1,
       cv(a2, n2, lost2) AS a2, cv(b2, n2, lost2) AS b2, cv(c2, n2, lost2) AS c2,
       cv(d2, n2, lost2) AS d2, cv(e2, n2, lost2) AS e2, cv(f2, n2, lost2) AS f2, cv(g2, n2, lost2) AS g2
FROM part GROUP BY ALL;

CREATE TEMP VIEW cvs AS
SELECT year, county, 'primary' AS stage,
       a1 AS L1, b1 AS L2, c1 AS L3, d1 AS L4, e1 AS L5, f1 AS L6, g1 AS L7 FROM spread WHERE some1
UNION ALL
SELECT year, county, 'junior', a2, b2, c2, d2, e2, f2, g2 FROM spread WHERE some2;
