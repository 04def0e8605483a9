-- Each organization has a key of its own, which moves with it.
UPDATE organizations SET suppression_key = lower(hex(randomblob(32))) WHERE suppression_key = '';
