ALTER TABLE `enrollments` ADD `earned` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE TRIGGER rewards_inserted_earned AFTER INSERT ON rewards
WHEN NEW.side = 'advocate' AND NEW.enrollment_id IS NOT NULL AND NEW.status <> 'voided' AND NEW.amount <> 0
BEGIN
  UPDATE enrollments SET earned = earned + NEW.amount WHERE id = NEW.enrollment_id;
END;
--> statement-breakpoint
CREATE TRIGGER rewards_changed_earned AFTER UPDATE OF status, amount, enrollment_id, side ON rewards
WHEN NEW.amount <> OLD.amount OR (NEW.status = 'voided') <> (OLD.status = 'voided')
  OR NEW.enrollment_id IS NOT OLD.enrollment_id OR NEW.side <> OLD.side
BEGIN
  UPDATE enrollments SET earned = earned - OLD.amount
  WHERE id = OLD.enrollment_id AND OLD.side = 'advocate' AND OLD.status <> 'voided';
  UPDATE enrollments SET earned = earned + NEW.amount
  WHERE id = NEW.enrollment_id AND NEW.side = 'advocate' AND NEW.status <> 'voided';
END;
--> statement-breakpoint
CREATE TRIGGER rewards_deleted_earned AFTER DELETE ON rewards
WHEN OLD.side = 'advocate' AND OLD.enrollment_id IS NOT NULL AND OLD.status <> 'voided'
BEGIN
  UPDATE enrollments SET earned = earned - OLD.amount
  WHERE id = OLD.enrollment_id;
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('earned by advocates');
