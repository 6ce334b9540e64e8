CREATE TABLE `memory` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`value` text NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `hash`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memory_used` ON `memory` (`workspace_id`,`used_at`);