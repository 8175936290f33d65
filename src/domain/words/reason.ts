/**
 * Why something is so, or what was found, as data. It is stored, and put into words when it is read, in the reader's
 * language, by the message of its kind in the room `why`: a kind is never renamed, and never loses a field. What is said
 * of a person goes on after their name.
 */
export type Reason =
  | Together
  | WhatItDid
  | WhoItIs
  | WhyNotNow
  | WhyNotThem
  | WhyItMoved
  | WhyOutOfReach
  | WhyWithdrawn;

/** As it is stored: what is older than reasons is words, in English. */
export type Why = Reason | string;

type Together =
  /** One as much as the other. */
  | { kind: 'allOf'; of: readonly Why[] }
  /** Each by itself, as what several triggers found. */
  | { kind: 'each'; of: readonly Why[] }
  | { kind: 'foundBut'; found: Why; but: Why }
  /** What is found under a name that the policy gives, as of a trigger. */
  | { kind: 'under'; label: string; found: Why }
  | { kind: 'inSegment' | 'notInSegment'; segment: string; found: Why };

type WhatItDid =
  /** `page`: the title of the page that the form is on; null for those that are on none. */
  | { kind: 'sentIn'; form: string; page: string | null }
  | { kind: 'sentNothing' }
  /** `what`: the subject; empty where there is none. */
  | { kind: 'wrote'; what: string }
  | { kind: 'didNotWrite' | 'meetingBooked' | 'noMeeting' }
  | { kind: 'scoreReached'; score: number; threshold: number }
  | { kind: 'scoreRose'; score: number; before: number }
  | { kind: 'scoreIs'; score: number }
  | { kind: 'scoreBeforeUnknown'; score: number }
  | { kind: 'noScore' }
  | { kind: 'becameStage' | 'stageIs'; stage: string }
  | { kind: 'noStage' }
  /** `unnamed`: how many pages of those visits HubSpot counted without naming them. */
  | { kind: 'sawPages'; pages: readonly string[]; count: number; unnamed: number }
  | { kind: 'visitsEndedOn'; pages: readonly string[]; count: number }
  | { kind: 'workflow' | 'noWorkflow'; workflow: string };

type WhoItIs =
  /** Something that is known of leads, or a property by HubSpot's own name. */
  | { kind: 'attribute' | 'property'; name: string }
  | { kind: 'is'; what: Why; value: string }
  | { kind: 'isNumber'; what: Why; value: number }
  | { kind: 'isUnknown' | 'isKnown' | 'isEmpty'; what: Why }
  /** `name`: what kind of domains it is among, as `personal`. */
  | { kind: 'mailAmong'; name: string; domain: string }
  | { kind: 'mailAt'; domain: string }
  | { kind: 'noMail' };

type WhyNotNow =
  | { kind: 'withSales' | 'nothingApplies' | 'spent' | 'onceOnly' | 'dayCame' }
  | { kind: 'olderThan'; minutes: number }
  | { kind: 'coolingDown' | 'rests' | 'comesBack' | 'beforeStart'; until: Date }
  | { kind: 'lockedUntil'; label: string; until: Date }
  | { kind: 'lockedForGood'; label: string }
  | { kind: 'lacks'; fields: readonly Why[] }
  | { kind: 'nobodyOf'; team: string };

/** Said of somebody of sales, but for what is said of a team or an owner. */
type WhyNotThem =
  | {
      kind:
        | 'handedBack'
        | 'hadAlready'
        | 'switchedOff'
        | 'notInPolicy'
        | 'deactivated'
        | 'takesNoTurns'
        | 'leaves';
    }
  | { kind: 'awayUntil'; why: Why; until: Date }
  /** They begin to work then, where they live. */
  | { kind: 'outsideHours'; startsAt: Date; zone: string }
  | { kind: 'hasOpen' | 'gotThisHour' | 'gotToday'; count: number; most: number }
  | { kind: 'outOfOffice' | 'outOfOfficeInHubSpot' | 'awayInHubSpot' }
  | { kind: 'silent'; count: number }
  | { kind: 'nobodyThere' | 'noSuchTeam' | 'noOwner' | 'ownedByAnother' }
  | { kind: 'unknownOwner'; ownerId: string }
  | { kind: 'managerCannot'; why: Why };

type WhyItMoved =
  | { kind: 'hasNotAnswered' | 'hasNotReachedOut' | 'otherHours' | 'switchedOffInHubSpot' }
  | { kind: 'missedDigest' | 'everybodyHadIt' | 'noTeam' }
  | { kind: 'nobodyElseOf'; team: string };

/** Said of somebody, too. */
type WhyOutOfReach =
  | { kind: 'noAccount' }
  | { kind: 'noAccountIn' | 'notInstalledIn' | 'refusedIn' | 'notConnected'; chat: string }
  | { kind: 'refusedFor'; chat: string; why: Why }
  | { kind: 'refused' | 'noAnswer' };

type WhyWithdrawn = { kind: 'erased' | 'outlived' | 'contactGone' | 'contactMerged' };
