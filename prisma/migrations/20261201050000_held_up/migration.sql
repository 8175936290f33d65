-- What HubSpot would not take of a handoff until somebody fills in what it wants is a part of its state.
UPDATE "handoff" SET "state" = "state" || '{"heldUp": null}';
