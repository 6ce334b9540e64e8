ALTER TABLE `credentials` ADD `usable_by` text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE `run_queue` ADD `manages` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `run_queue` SET `manages` = true WHERE `key_id` IS NULL;