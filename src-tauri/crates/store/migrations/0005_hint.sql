-- Where a person keeps the password of their keystore, in their own words; never the password.
ALTER TABLE person ADD COLUMN hint TEXT NOT NULL DEFAULT '';
