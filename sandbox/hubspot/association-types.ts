import { type ObjectType, objectTypeFacts } from './object-types.ts';

/** One direction of a HubSpot-defined association; the other direction has its own id. */
export type AssociationType = {
  typeId: number;
  inverseId: number;
  from: ObjectType;
  to: ObjectType;
  /** `contact_to_company`, as in the `associations` of a record. */
  name: string;
  label: 'Primary' | null;
};

type Pair = [from: ObjectType, to: ObjectType, typeId: number, inverseId: number, label?: 'Primary'];

const pairs: Pair[] = [
  ['contacts', 'companies', 279, 280],
  ['contacts', 'companies', 1, 2, 'Primary'],
  ['deals', 'contacts', 3, 4],
  ['deals', 'companies', 341, 342],
  ['deals', 'companies', 5, 6, 'Primary'],
  ['leads', 'contacts', 608, 609],
  ['leads', 'contacts', 578, 579, 'Primary'],
  ['leads', 'companies', 610, 611],
  ['calls', 'contacts', 194, 193],
  ['calls', 'companies', 182, 181],
  ['calls', 'deals', 206, 205],
  ['emails', 'contacts', 198, 197],
  ['emails', 'companies', 186, 185],
  ['emails', 'deals', 210, 209],
  ['meetings', 'contacts', 200, 199],
  ['meetings', 'companies', 188, 187],
  ['meetings', 'deals', 212, 211],
  ['notes', 'contacts', 202, 201],
  ['notes', 'companies', 190, 189],
  ['notes', 'deals', 214, 213],
  ['tasks', 'contacts', 204, 203],
  ['tasks', 'companies', 192, 191],
  ['tasks', 'deals', 216, 215],
  ['communications', 'contacts', 81, 82],
  ['communications', 'companies', 87, 88],
  ['communications', 'deals', 85, 86],
];

function nameOf(from: ObjectType, to: ObjectType, label: 'Primary' | null): string {
  const name = `${objectTypeFacts[from].singular}_to_${objectTypeFacts[to].singular}`;
  // Where a primary exists, it owns the plain name.
  const hasPrimary = pairs.some(
    ([a, b, , , primary]) => primary && ((a === from && b === to) || (a === to && b === from)),
  );
  return hasPrimary && label === null ? `${name}_unlabeled` : name;
}

const bothDirections = pairs.flatMap(([from, to, typeId, inverseId, label = null]): AssociationType[] => [
  { typeId, inverseId, from, to, name: nameOf(from, to, label), label },
  { typeId: inverseId, inverseId: typeId, from: to, to: from, name: nameOf(to, from, label), label },
]);

const byId = new Map(bothDirections.map((type) => [type.typeId, type]));

/** The association type with this id, in whichever direction the id stands for. */
export function associationType(typeId: number): AssociationType | undefined {
  return byId.get(typeId);
}

/** The unlabelled type between two object types, or with a label the labelled one. */
export function associationBetween(
  from: ObjectType,
  to: ObjectType,
  label: 'Primary' | null = null,
): AssociationType | undefined {
  return bothDirections.find((type) => type.from === from && type.to === to && type.label === label);
}
