/** The words of time in English and Polish, lower case and without diacritics. */

const table = (rows: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(rows).flatMap(([names, value]) => names.split(' ').map(name => [name, value] as const)),
  );

/** How many days back a word means. */
export const DAYS_BACK = table({
  'today dzis dzisiaj': 0,
  'yesterday wczoraj': 1,
  przedwczoraj: 2,
  'tomorrow jutro': -1,
});

/** ISO weekdays: Monday is 1. */
export const WEEKDAYS = table({
  'monday mon poniedzialek pon pn': 1,
  'tuesday tue tues wtorek wt': 2,
  'wednesday wed sroda srode sr': 3,
  'thursday thu thur thurs czwartek czw': 4,
  'friday fri piatek pt pia': 5,
  'saturday sat sobota sobote sob': 6,
  'sunday sun niedziela niedziele niedz nd': 7,
});

export const MONTHS = table({
  'jan january sty stycznia styczen': 1,
  'feb february lut lutego luty': 2,
  'mar march marca marzec': 3,
  'apr april kwi kwietnia kwiecien': 4,
  'may maj maja': 5,
  'jun june cze czerwca czerwiec': 6,
  'jul july lip lipca lipiec': 7,
  'aug august sie sierpnia sierpien': 8,
  'sep sept september wrz wrzesnia wrzesien': 9,
  'oct october paz pazdziernika pazdziernik': 10,
  'nov november lis listopada listopad': 11,
  'dec december gru grudnia grudzien': 12,
});

/** Minutes in a unit. A month has no fixed length and is not here. */
export const UNITS = table({
  'm min mins minute minutes minuta minute minuty minut': 1,
  'h hr hrs hour hours g godz godzina godzine godziny godzin': 60,
  'd day days dzien dni doba dobe doby dob': 1440,
  'week weeks tydzien tygodnie tygodni': 10_080,
});

/** Numbers that people write as words before a unit. */
export const COUNTS = table({
  'a an one jeden jedna': 1,
  'half pol': 0.5,
  'two dwa dwie': 2,
  'three trzy': 3,
  'four cztery': 4,
  'five piec': 5,
  'ten dziesiec': 10,
  'fifteen pietnascie kwadrans': 15,
  'twenty dwadziescia': 20,
  'thirty trzydziesci': 30,
});

/**
 * Abbreviations with one meaning, in minutes east of UTC (IANA tz, `europe` and `northamerica`). CST and IST have several, so they are
 * not here.
 */
export const OFFSETS = table({
  'z utc gmt wet': 0,
  'bst west cet mez': 60,
  'cest mesz eet': 120,
  'eest msk': 180,
  est: -300,
  edt: -240,
  pst: -480,
  pdt: -420,
});

/** Said before a time without changing it. */
export const LEADING =
  /^(?:(?:about|around|approx(?:imately)?|circa|ca|ok|okolo|kolo|since|from|od|at|on|o|w|we|dnia|dn|godz(?:iny|inie)?|last|ostatni[aey]?|ostatnia|mniej wiecej)\b\.?|~)\s*/;
